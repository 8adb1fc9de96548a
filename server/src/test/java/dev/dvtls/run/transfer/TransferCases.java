package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a load does on every database that is tested by running it. */
abstract class TransferCases {
    @TempDir Path project;
    SlingTransfers transfers;
    Frames frames;
    Connection shop;
    Relation orders;

    @BeforeEach
    void open() throws Exception {
        transfers = Frames.transfers(project, new Cancellation());
        frames = new Frames(project);
        shop = connection();
        orders = relation("orders");
    }

    /** To a new, empty database. */
    abstract Connection connection();

    /** In the schema that these cases load into; it need not exist. */
    Relation relation(String name) {
        return new Relation(Optional.empty(), "marts", name);
    }

    /** Runs statements with a client that is not Sling. */
    abstract void exec(String sql) throws Exception;

    /** Rows of a query, asked by such a client; columns parted by '|', NULL is empty. */
    abstract List<String> rows(String sql) throws Exception;

    /** The database's name of the type that such a column of a frame gets. */
    abstract String type(String duckType);

    static String name(Relation relation) {
        return relation.schema() + "." + relation.identifier();
    }

    void load(Mode mode, String select, String... keys) throws Exception {
        transfers.load(shop, orders, frames.load(mode, select, keys));
    }

    List<String> rowsOf(Relation relation) throws Exception {
        return rows("select * from " + name(relation) + " order by 1");
    }

    List<String> columns(Relation relation) throws Exception {
        return transfers.find(shop, relation).orElseThrow().columns().stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
    }

    Optional<String> lastLoad() throws Exception {
        return transfers.find(shop, orders).flatMap(Existing::loadId);
    }

    @Test
    void replacesATableAndKeepsTheViewOnIt() throws Exception {
        assertThat(transfers.find(shop, orders)).isEmpty();
        load(Mode.REPLACE, "select 1 as id, 'a' as \"Order by\"");
        exec("create view " + name(relation("v")) + " as select id as only from " + name(orders));
        load(Mode.REPLACE, "select 2 as id, 'b' as \"Order by\"");
        assertThat(rowsOf(relation("v"))).containsExactly("2");
        assertThat(columns(orders))
                .containsExactly("id " + type("INTEGER"), "Order by " + type("VARCHAR"));
    }

    @Test
    void refusesAReplaceThatWouldBreakAView() throws Exception {
        load(Mode.REPLACE, "select 1 as id, 2 as amount");
        exec("create view " + name(relation("v")) + " as select amount from " + name(orders));
        assertThatThrownBy(() -> load(Mode.REPLACE, "select 5 as id"))
                .hasMessageContaining("'amount' is gone")
                .hasMessageContaining(name(relation("v")));
        assertThatThrownBy(() -> load(Mode.REPLACE, "select 5 as id, 'x' as amount"))
                .hasMessageContaining("'amount' became VARCHAR");
        assertThat(rowsOf(orders)).containsExactly("1|2");
        exec("drop view " + name(relation("v")));
        load(Mode.REPLACE, "select 5 as id, 'x' as amount, 7 as n");
        assertThat(rowsOf(orders)).containsExactly("5|x|7");
        load(Mode.REPLACE, "select 6 as id");
        assertThat(rowsOf(orders)).containsExactly("6");
    }

    @Test
    void putsATableInThePlaceOfAView() throws Exception {
        load(Mode.REPLACE, "select 1 as id");
        exec("drop table " + name(orders));
        exec("create view " + name(orders) + " as select 7 as id");
        assertThatThrownBy(() -> load(Mode.APPEND, "select 2 as id"))
                .hasMessageContaining(name(orders) + " is a view");
        exec("create view " + name(relation("v")) + " as select id from " + name(orders));
        assertThatThrownBy(() -> load(Mode.REPLACE, "select 2 as id"))
                .hasMessageContaining(name(orders) + " is a view")
                .hasMessageContaining(name(relation("v")));
        exec("drop view " + name(relation("v")));
        load(Mode.REPLACE, "select 3 as id");
        assertThat(rowsOf(orders)).containsExactly("3");
        assertThat(transfers.find(shop, orders).orElseThrow().view()).isFalse();
    }

    @Test
    void addsRowsOnceForALoad() throws Exception {
        Load first = frames.load(Mode.APPEND, "select 1 as id");
        transfers.load(shop, orders, first);
        transfers.load(shop, orders, first);
        load(Mode.APPEND, "select 2 as id, 'new' as note");
        transfers.load(shop, orders, first);
        assertThat(rowsOf(orders)).containsExactly("1|", "2|new");
    }

    @Test
    void replacesRowsByKey() throws Exception {
        load(Mode.UPSERT, "select unnest([1, 2]) as id, 'old' as s", "id");
        load(Mode.UPSERT, "select unnest([2, 3]) as id, 'new' as s", "id");
        assertThat(rowsOf(orders)).containsExactly("1|old", "2|new", "3|new");
        assertThatThrownBy(() -> load(Mode.UPSERT, "select null::integer as id, 'x' as s", "id"))
                .hasMessageContaining("'id'")
                .hasMessageContaining("NULL");
    }

    @Test
    void namesTheColumnThatDoesNotFit() throws Exception {
        load(Mode.APPEND, "select 1 as id, 10 as qty");
        assertThatThrownBy(() -> load(Mode.APPEND, "select 2 as id, 'many' as qty"))
                .hasMessageContaining("'qty'")
                .hasMessageContaining(type("INTEGER"))
                .hasMessageContaining("'many'");
        // pandas makes floats of integers with a gap: these values fit
        load(Mode.APPEND, "select 2 as id, 11.0::double as qty");
        // a column without any value fits whatever its type
        load(Mode.APPEND, "select 3 as id, null::varchar as qty");
        assertThat(rowsOf(orders)).containsExactly("1|10", "2|11", "3|");
    }

    @Test
    void losesNoDigitOfAWholeNumberInAFloatColumn() throws Exception {
        load(Mode.APPEND, "select 1 as id, 0.5::double as qty");
        load(Mode.APPEND, "select 2 as id, 9007199254740992 as qty");
        assertThatThrownBy(() -> load(Mode.APPEND, "select 3 as id, 9007199254740993 as qty"))
                .hasMessageContaining("'qty'")
                .hasMessageContaining("cannot take '9007199254740993' (BIGINT)");
        load(Mode.APPEND, "select 4 as id, 12.25::decimal(38, 20) as qty");
        assertThatThrownBy(
                        () ->
                                load(
                                        Mode.APPEND,
                                        "select 5 as id, 0.12345678901234567890::decimal(38, 20)"
                                                + " as qty"))
                .hasMessageContaining("'0.12345678901234567890'");
        assertThat(rowsOf(orders)).hasSize(3);
    }

    @Test
    void loadsAndKeepsAnEmptyTable() throws Exception {
        load(Mode.REPLACE, "select 1 as id, 1.5::decimal(10,2) as d where false");
        Extracted extracted = transfers.extract(shop, new Source.Table(orders), frames.file());
        assertThat(extracted.rows()).isZero();
        assertThat(extracted.columns())
                .extracting(c -> c.name() + " " + c.type())
                .containsExactly("id INTEGER", "d DECIMAL(10,2)");
    }

    List<String> extracted(String sql) throws Exception {
        Source query = new Source.Query("big_orders", sql, orders.schema());
        Extracted extracted = transfers.extract(shop, query, frames.file());
        return frames.rows("select * from $1 order by all", extracted.parquet());
    }

    @Test
    void extractsAQuery() throws Exception {
        load(Mode.REPLACE, "select unnest([1, 2, 3]) as id, 'x;y {n} %s' as note");
        assertThat(
                        extracted(
                                "with big as (\n  select id, note, ';{}' as mark from "
                                        + name(orders)
                                        + " where id > 1 -- ; not 'all'\n)\n"
                                        + "select * from big -- ; the end"))
                .containsExactly(
                        "{'id': 2, 'note': 'x;y {n} %s', 'mark': ';{}'}",
                        "{'id': 3, 'note': 'x;y {n} %s', 'mark': ';{}'}");
        assertThat(extracted("select id from " + name(orders) + " where id > 7")).isEmpty();
        assertThat(rowsOf(orders)).hasSize(3);
    }

    @Test
    void showsTheLineOfAQueryThatIsWrong() throws Exception {
        load(Mode.REPLACE, "select 1 as id");
        assertThatThrownBy(() -> extracted("select id,\n  amont\nfrom " + name(orders)))
                .hasMessageContaining("amont")
                .hasMessageContaining("LINE 2: amont")
                .hasMessageNotContaining("pq:");
    }

    @Test
    void remembersTheLastLoadInEveryMode() throws Exception {
        for (Mode mode : List.of(Mode.REPLACE, Mode.APPEND, Mode.UPSERT, Mode.REPLACE)) {
            Load load = frames.remembered(mode, "select 7 as id", "id");
            transfers.load(shop, orders, load);
            transfers.load(shop, orders, load);
            assertThat(lastLoad()).contains(load.loadId());
        }
        assertThat(rowsOf(orders)).containsExactly("7");
    }

    @Test
    void trustsNoLoadIdOfOtherRows() throws Exception {
        transfers.load(shop, orders, frames.remembered(Mode.APPEND, "select 1 as id"));
        Load other = frames.remembered(Mode.APPEND, "select 1 as id");
        transfers.load(shop, relation("other"), other);
        assertThat(lastLoad()).isPresent().get().isNotEqualTo(other.loadId());
        exec("drop table " + name(orders));
        assertThat(lastLoad()).isEmpty();
        exec("create table " + name(orders) + " (id integer)");
        assertThat(lastLoad()).isEmpty();
        exec("drop table " + name(orders));
        exec("create view " + name(orders) + " as select 1 as id");
        assertThat(lastLoad()).isEmpty();
        exec("drop view " + name(orders));
        Load again = frames.remembered(Mode.REPLACE, "select 2 as id");
        transfers.load(shop, orders, again);
        assertThat(lastLoad()).contains(again.loadId());
        // rows of a load that is not remembered
        load(Mode.REPLACE, "select 3 as id");
        assertThat(lastLoad()).isEmpty();
    }

    @Test
    void addsNothingToATableThatAnotherLoadChangedMeanwhile() throws Exception {
        transfers.load(shop, orders, frames.remembered(Mode.REPLACE, "select 1 as id"));
        Existing seen = transfers.find(shop, orders).orElseThrow();
        Load mine = onto(seen, frames.remembered(Mode.APPEND, "select 2 as id"));
        transfers.load(shop, orders, mine);
        transfers.load(shop, orders, mine); // it was applied, so there is nothing to refuse
        for (Mode mode : List.of(Mode.APPEND, Mode.UPSERT)) {
            Load late = onto(seen, frames.remembered(mode, "select 3 as id", "id"));
            assertThatThrownBy(() -> transfers.load(shop, orders, late))
                    .hasMessageContaining("another run has loaded into")
                    .hasMessageContaining("Run it again");
        }
        assertThat(rowsOf(orders)).containsExactly("1", "2");
        load(Mode.APPEND, "select 4 as id"); // remembered
        load(Mode.REPLACE, "select 5 as id"); // not remembered: nothing is known of it
        Existing unknown = transfers.find(shop, orders).orElseThrow();
        transfers.load(
                shop, orders, onto(unknown, frames.remembered(Mode.APPEND, "select 6 as id")));
        assertThat(rowsOf(orders)).containsExactly("5", "6");
    }

    private static Load onto(Existing seen, Load load) {
        return new Load(
                load.parquet(),
                load.rows(),
                load.columns(),
                load.mode(),
                load.keys(),
                load.loadId(),
                load.remembered(),
                Optional.of(seen));
    }

    @Test
    void forgetsLoadsOfLongAgo() throws Exception {
        transfers.load(shop, orders, frames.remembered(Mode.APPEND, "select 1 as id"));
        manyOldLoads("orders", 3 * Staging.KEPT_LOADS);
        Load last = frames.remembered(Mode.APPEND, "select 2 as id");
        transfers.load(shop, orders, last);
        assertThat(lastLoad()).contains(last.loadId());
        assertThat(rows("select count(*) from " + loads())).containsExactly(kept());
    }

    private static String kept() {
        return Integer.toString(Staging.KEPT_LOADS);
    }

    String loads() {
        return orders.schema() + "." + Staging.LOADS;
    }

    /** Rows in {@code _dvt_loads} as loads of the relation would have left them. */
    abstract void manyOldLoads(String identifier, int count) throws Exception;
}
