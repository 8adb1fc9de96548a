package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build inside the database does on every one that is tested by running it. */
abstract class BuildCases {
    @TempDir Path project;

    /** Knows how to reach the database. */
    final TransferCases at;

    BuildCases(TransferCases at) {
        this.at = at;
    }

    @BeforeEach
    void open() throws Exception {
        at.project = project;
        at.open();
    }

    OptionalLong build(Relation relation, Build build) throws Exception {
        return at.transfers.build(at.shop, relation, build);
    }

    OptionalLong table(Mode mode, String sql, String... keys) throws Exception {
        return build(at.orders, new Build.Table(sql, mode, List.of(keys), id(), true));
    }

    void view(String name, String sql) throws Exception {
        assertThat(build(at.relation(name), new Build.View(sql))).isEmpty();
    }

    static String id() {
        return UUID.randomUUID().toString();
    }

    private String orders() {
        return TransferCases.name(at.orders);
    }

    private String other(String name) {
        return TransferCases.name(at.relation(name));
    }

    private List<String> rows() throws Exception {
        return at.rowsOf(at.orders);
    }

    private boolean isView(String name) throws Exception {
        return at.transfers.find(at.shop, at.relation(name)).orElseThrow().view();
    }

    @Test
    void makesATableAndReplacesItsRows() throws Exception {
        assertThat(table(Mode.REPLACE, "select 1 as id, 'it''s; {n} %s' as note -- ; end"))
                .hasValue(1);
        assertThat(rows()).containsExactly("1|it's; {n} %s");
        at.exec("create view " + other("v") + " as select id as n from " + orders());
        // it may read its own old rows
        String more = "select id + 1 as id, note from %1$s union all select id, note from %1$s";
        assertThat(table(Mode.REPLACE, more.formatted(orders()))).hasValue(2);
        assertThat(at.rowsOf(at.relation("v"))).containsExactly("1", "2");
        assertThat(table(Mode.REPLACE, "select id, note from " + orders() + " where id > 9"))
                .hasValue(0);
        assertThat(rows()).isEmpty();
    }

    @Test
    void changesColumnsOnlyWhereNothingDependsOnThem() throws Exception {
        table(Mode.REPLACE, "select 1 as id, 2 as amount");
        at.exec("create view " + other("v") + " as select amount from " + orders());
        assertThatThrownBy(() -> table(Mode.REPLACE, "select 5 as id"))
                .hasMessageContaining("'amount' is gone")
                .hasMessageContaining(other("v"))
                .hasMessageContaining("nothing was");
        assertThatThrownBy(() -> table(Mode.REPLACE, "select 5 as id, 'x' as amount"))
                .hasMessageContaining("'amount' became")
                .hasMessageContaining(other("v"));
        assertThat(rows()).containsExactly("1|2");
        at.exec("drop view " + other("v"));
        table(Mode.REPLACE, "select 5 as id, 'x' as amount, 7 as n");
        assertThat(rows()).containsExactly("5|x|7");
        table(Mode.REPLACE, "select 6 as id");
        assertThat(rows()).containsExactly("6");
    }

    @Test
    void makesAViewAndReplacesIt() throws Exception {
        view("v", "select 1 as id, 'a' as note");
        assertThat(isView("v")).isTrue();
        view("v", "select 'b' as note, 2 as n, 3 as m");
        assertThat(at.rowsOf(at.relation("v"))).containsExactly("b|2|3");
        view("reads", "select n from " + other("v"));
        assertThatThrownBy(() -> view("v", "select 'c' as note"))
                .hasMessageContaining("columns of " + other("v") + " changed")
                .hasMessageContaining(other("reads"));
        view("v", "select 'c' as note, 4 as n, 5 as m");
        assertThat(at.rowsOf(at.relation("reads"))).containsExactly("4");
    }

    @Test
    void putsAViewInAPlaceOfATableAndBack() throws Exception {
        table(Mode.REPLACE, "select 1 as id");
        view("v", "select id from " + orders());
        assertThatThrownBy(() -> view("orders", "select 2 as id"))
                .hasMessageContaining(orders() + " is a table")
                .hasMessageContaining(other("v"));
        at.exec("drop view " + other("v"));
        view("orders", "select 2 as id");
        assertThat(isView("orders")).isTrue();
        assertThatThrownBy(() -> table(Mode.UPSERT, "select 3 as id", "id"))
                .hasMessageContaining("is a view");
        view("v", "select id from " + orders());
        assertThatThrownBy(() -> table(Mode.REPLACE, "select 3 as id"))
                .hasMessageContaining(orders() + " is a view")
                .hasMessageContaining(other("v"));
        at.exec("drop view " + other("v"));
        table(Mode.REPLACE, "select id + 1 as id from " + orders());
        assertThat(isView("orders")).isFalse();
        assertThat(rows()).containsExactly("3");
    }

    @Test
    void replacesRowsByKey() throws Exception {
        assertThat(table(Mode.UPSERT, "select 1 as id, 'old' as s union all select 2, 'old'", "id"))
                .hasValue(2);
        assertThat(
                        table(
                                Mode.UPSERT,
                                "select 2 as id, 7 as n, 'new' as s union all select 3, 8, 'new'",
                                "id"))
                .hasValue(2);
        assertThat(at.rows("select id, s, n from " + orders() + " order by 1"))
                .containsExactly("1|old|", "2|new|7", "3|new|8");
        table(Mode.UPSERT, "select 3 as id", "id");
        assertThat(at.rows("select id, s, n from " + orders() + " order by 1"))
                .containsExactly("1|old|", "2|new|7", "3||");
    }

    @Test
    void refusesKeysThatAreNullOrNotUnique() throws Exception {
        String twice = "select 1 as id, 'x' as s union all select 5, 'y' union all select 5, 'z'";
        String empty = "select 1 as id, 'x' as s union all select null, 'y'";
        for (int round = 0; round < 2; round++) {
            assertThatThrownBy(() -> table(Mode.UPSERT, twice, "id"))
                    .hasMessageContaining("2 rows")
                    .hasMessageContaining("id = 5");
            assertThatThrownBy(() -> table(Mode.UPSERT, empty, "id"))
                    .hasMessageContaining("'id'")
                    .hasMessageContaining("NULL in 1 of");
            assertThatThrownBy(() -> table(Mode.UPSERT, "select 1 as id", "key"))
                    .hasMessageContaining("no column 'key'");
            if (round == 0) { // again with a table there
                assertThat(at.transfers.find(at.shop, at.orders)).isEmpty();
                table(Mode.UPSERT, "select 1 as id, 'old' as s", "id", "s");
            }
        }
        assertThatThrownBy(() -> table(Mode.UPSERT, twice.replace("'z'", "'y'"), "id", "s"))
                .hasMessageContaining("id = 5, s = y");
        assertThat(rows()).containsExactly("1|old");
    }

    @Test
    void addsRowsOnceForALoad() throws Exception {
        Build.Table first = new Build.Table("select 1 as id", Mode.APPEND, List.of(), id(), true);
        build(at.orders, first);
        build(at.orders, first);
        assertThat(at.lastLoad()).contains(first.loadId());
        table(Mode.APPEND, "select 2 as id, 'new' as note");
        build(at.orders, first);
        assertThat(rows()).containsExactly("1|", "2|new");
        // a build that nobody remembers
        build(at.orders, new Build.Table("select 3 as id", Mode.REPLACE, List.of(), id(), false));
        assertThat(at.lastLoad()).isEmpty();
    }

    @Test
    void namesTheColumnThatDoesNotFit() throws Exception {
        table(Mode.APPEND, "select 1 as id, 10 as qty");
        assertThatThrownBy(() -> table(Mode.APPEND, "select 2 as id, 'many' as qty"))
                .hasMessageContaining("'qty'")
                .hasMessageContaining("many")
                .hasMessageContaining("nothing was");
        assertThatThrownBy(() -> table(Mode.UPSERT, "select 1 as id, 1.5 as qty", "id"))
                .hasMessageContaining("'qty'")
                .hasMessageContaining("1.5");
        assertThat(rows()).containsExactly("1|10");
        table(Mode.APPEND, "select 2 as id, 11.0 as qty");
        table(Mode.APPEND, "select 3 as id, null as qty");
        assertThat(rows()).containsExactly("1|10", "2|11", "3|");
    }

    @Test
    void showsTheLineOfSqlThatIsWrong() throws Exception {
        table(Mode.REPLACE, "select 1 as id");
        for (Mode mode : Mode.values()) {
            assertThatThrownBy(() -> table(mode, "select id,\n  amont\nfrom " + orders(), "id"))
                    .hasMessageContaining("amont")
                    .hasMessageContaining("LINE 2: amont");
        }
        assertThatThrownBy(() -> view("v", "select\nfrom from where"))
                .hasMessageContaining("syntax");
        assertThat(rows()).containsExactly("1");
        assertThat(at.transfers.find(at.shop, at.relation("v"))).isEmpty();
    }
}
