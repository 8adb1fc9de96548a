package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqliteTransferTest extends TransferCases {
    @Override
    Connection connection() {
        return new Connection(
                "lite", "sqlite", Map.of("type", "sqlite", "path", "data/my shop.db"));
    }

    private SqliteClient client() {
        return new SqliteClient(project.resolve("data/my shop.db"));
    }

    @Override
    Relation relation(String name) {
        return new Relation(Optional.empty(), "main", name);
    }

    @Override
    void exec(String sql) throws Exception {
        client().exec(sql);
    }

    @Override
    List<String> rows(String sql) throws Exception {
        return client().rows(sql);
    }

    @Override
    String type(String duckType) {
        return switch (duckType.toUpperCase(Locale.ROOT)) {
            case "INTEGER" -> "INT4";
            case "VARCHAR" -> "TEXT";
            default -> duckType;
        };
    }

    @Override
    void manyOldLoads(String identifier, int count) throws Exception {
        exec(
                "insert into _dvt_loads (load_nr, load_id, relation) with recursive r(i) as (select"
                        + " 1 union all select i + 1 from r where i < "
                        + count
                        + ") select -i, 'old' || i, '"
                        + identifier
                        + "' from r");
    }

    @Test
    void keepsIndexesTriggersAndConstraints() throws Exception {
        exec(
                "create table orders (id integer primary key, s text not null, n real); create"
                        + " index by_s on orders (s); create table log (x); create trigger t after"
                        + " insert on orders begin insert into log values (new.id); end");
        load(Mode.REPLACE, "select 1 as id, 'a' as s, 1.5::double as n");
        assertThat(columns(orders)).containsExactly("id INTEGER", "s TEXT", "n REAL");
        load(Mode.REPLACE, "select 2 as id, 'b' as s, 'text' as n"); // another type: made anew
        assertThat(rowsOf(orders)).containsExactly("2|b|text");
        assertThat(rows("select type || ' ' || name from sqlite_master where sql is not null"))
                .contains("index by_s", "trigger t");
        assertThat(rows("select count(*) from log")).containsExactly("1");
        assertThatThrownBy(() -> load(Mode.REPLACE, "select 3 as id"))
                .hasMessageContaining("index by_s")
                .hasMessageContaining("nothing was loaded");
        assertThat(rowsOf(orders)).containsExactly("2|b|text");
    }

    /** Another program's table has no place for our mark in its text. */
    @Test
    void remembersTheLoadsOfATableThatWasMadeElsewhere() throws Exception {
        exec("create table orders (k text collate nocase, n int)");
        transfers.load(
                shop, orders, frames.remembered(Mode.UPSERT, "select 'a' as k, 1 as n", "k"));
        Load load = frames.remembered(Mode.UPSERT, "select 'A' as k, 2 as n", "k");
        transfers.load(shop, orders, load);
        assertThat(rowsOf(orders)).containsExactlyInAnyOrder("a|1", "A|2");
        assertThat(lastLoad()).contains(load.loadId());
        exec("create table copy as select * from orders; drop table orders");
        exec("alter table copy rename to orders");
        assertThat(lastLoad()).isEmpty();
        Load next = frames.remembered(Mode.UPSERT, "select 'A' as k, 3 as n", "k");
        transfers.load(shop, orders, next);
        assertThat(lastLoad()).contains(next.loadId());
        Load all = frames.remembered(Mode.REPLACE, "select 1.5::double as k");
        transfers.load(shop, orders, all);
        assertThat(lastLoad()).contains(all.loadId());
        assertThat(rows("select name from sqlite_master where type = 'trigger'")).isEmpty();
    }

    @Test
    void leavesTheOldTableWhenAConstraintRefusesARow() throws Exception {
        exec("create table orders (id integer primary key, s text not null)");
        load(Mode.REPLACE, "select 1 as id, 'a' as s");
        assertThatThrownBy(
                        () ->
                                load(
                                        Mode.REPLACE,
                                        "select unnest([5, 6]) as id, unnest(['x', null]) as s"))
                .hasMessageContaining("NOT NULL constraint failed: orders.s");
        assertThat(rowsOf(orders)).containsExactly("1|a");
    }

    @Test
    void addsAColumnUnderAView() throws Exception {
        load(Mode.REPLACE, "select 1 as id");
        exec("create view v as select * from orders");
        load(Mode.REPLACE, "select 2 as id, 'x' as note");
        assertThat(rowsOf(relation("v"))).containsExactly("2|x");
    }

    @Test
    void takesTheFileThatDbtsProfileNames() throws Exception {
        Connection dbt =
                new Connection(
                        "lite",
                        "sqlite",
                        Map.of(
                                "schemas_and_paths",
                                Map.of("main", "data/my shop.db"),
                                "schema",
                                "main",
                                "database",
                                "database"));
        transfers.load(dbt, orders, frames.load(Mode.REPLACE, "select 1 as id"));
        assertThat(rowsOf(orders)).containsExactly("1");
    }

    @Test
    void refusesOtherSchemasAndMemory() {
        Relation marts = new Relation(Optional.empty(), "main_marts", "orders");
        assertThatThrownBy(() -> transfers.find(shop, marts))
                .hasMessageContaining("main_marts.orders")
                .hasMessageContaining("`schema`");
        Connection memory = new Connection("mem", "sqlite", Map.of("path", ":memory:"));
        assertThatThrownBy(() -> transfers.ping(memory))
                .hasMessageContaining("'mem'")
                .hasMessageContaining("`path`");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Path out = frames.file();
        assertThatThrownBy(() -> transfers.extract(shop, new Source.Table(orders), out))
                .hasMessageContaining("my shop.db");
        load(Mode.REPLACE, "select 1 as id");
        assertThatThrownBy(() -> transfers.extract(shop, new Source.Table(relation("other")), out))
                .hasMessageContaining("main.other does not exist on 'lite'");
        assertThat(transfers.ping(shop)).isPositive();
    }

    @Test
    void refusesMoreColumnsThanSqliteTakes() {
        StringBuilder select = new StringBuilder("select 0 as c0");
        for (int i = 1; i <= 2000; i++) {
            select.append(", ").append(i).append(" as c").append(i);
        }
        assertThatThrownBy(() -> load(Mode.REPLACE, select.toString()))
                .hasMessageContaining("2001 columns")
                .hasMessageContaining("SQLite takes 2000");
    }
}
