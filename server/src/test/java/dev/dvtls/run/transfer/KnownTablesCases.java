package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that became another since it was looked at: what is known of it spoils nothing. */
abstract class KnownTablesCases {
    @TempDir Path project;
    private SlingTransfers transfers;
    private Frames frames;
    private Connection shop;
    private Relation orders;
    private String name;

    /** To a new, empty database. */
    abstract Connection connection();

    /** That stands in the connection's own schema. */
    abstract String schema();

    /** Runs statements with a client that is not Sling. */
    abstract List<String> rows(String sql);

    @BeforeEach
    void open() throws Exception {
        transfers = Frames.transfers(project, new Cancellation());
        frames = new Frames(project);
        shop = connection();
        orders = new Relation(Optional.empty(), schema(), "orders");
        name = schema() + ".orders";
    }

    private void load(Mode mode, String select, String... keys) throws Exception {
        transfers.load(shop, orders, frames.load(mode, select, keys));
    }

    /** Loads until the table is known. */
    private void known() throws Exception {
        load(Mode.REPLACE, "select 1 as id, 'a' as t");
        load(Mode.REPLACE, "select 2 as id, 'b' as t");
        assertThat(files()).isNotEmpty();
    }

    private List<Path> files() throws IOException {
        Path folder = project.resolve(".dvt/catalog");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private List<String> extract() throws Exception {
        Extracted extracted = transfers.extract(shop, new Source.Table(orders), frames.file());
        return frames.rows("select * from $1", extracted.parquet());
    }

    @Test
    void loadsIntoATableThatGotAnotherColumn() throws Exception {
        known();
        rows("alter table " + name + " add column mine integer");
        load(Mode.REPLACE, "select 3 as id, 'c' as t");
        assertThat(rows("select * from " + name)).containsExactly("3|c");
    }

    @Test
    void addsToATableThatLostAColumn() throws Exception {
        known();
        rows("alter table " + name + " drop column t");
        load(Mode.APPEND, "select 3 as id, 'c' as t");
        assertThat(rows("select * from " + name + " order by 1")).containsExactly("2|", "3|c");
    }

    @Test
    void makesATableThatWasDropped() throws Exception {
        known();
        rows("drop table " + name);
        load(Mode.UPSERT, "select 3 as id, 'c' as t", "id");
        assertThat(rows("select * from " + name)).containsExactly("3|c");
        assertThatThrownBy(
                        () -> {
                            assertThat(extract()).hasSize(1);
                            rows("drop table " + name);
                            extract();
                        })
                .hasMessageContaining("does not exist");
    }

    @Test
    void asksAgainBeforeItRefuses() throws Exception {
        known();
        rows("create view " + schema() + ".v as select t from " + name);
        assertThatThrownBy(() -> load(Mode.REPLACE, "select 3 as id"))
                .hasMessageContaining("'t' is gone")
                .hasMessageContaining("depends on it; nothing was loaded");
        assertThat(rows("select * from " + name)).containsExactly("2|b");
        load(Mode.REPLACE, "select 4 as id, 'd' as t");
        rows("drop view " + schema() + ".v");
        load(Mode.REPLACE, "select 5 as id");
        assertThat(rows("select * from " + name)).containsExactly("5");
    }

    @Test
    void extractsATableThatBecameAnother() throws Exception {
        rows("create table " + name + " as select 1 as id, 'a' as t");
        assertThat(extract()).containsExactly("{'id': 1, 't': a}");
        assertThat(extract()).containsExactly("{'id': 1, 't': a}");
        rows("alter table " + name + " add column n integer");
        assertThat(extract()).containsExactly("{'id': 1, 't': a, 'n': NULL}");
        rows("drop table " + name);
        rows("create view " + name + " as select cast('2020-01-02' as date) as id, 'x' as t");
        assertThat(extract()).containsExactly("{'id': 2020-01-02, 't': x}");
        rows("drop view " + name);
        rows("create table " + name + " (id integer, t integer)");
        assertThat(extract()).isEmpty();
    }

    @Test
    void seesThatAnEmptyTableBecameAnother() throws Exception {
        for (String empty :
                List.of("view " + name + " as select 1 as id%s where 1 = 0", emptyTable())) {
            rows("create " + empty.formatted(""));
            assertThat(columns()).containsExactly("id");
            rows("drop " + empty.substring(0, 5) + " " + name);
            rows("create " + empty.formatted(", 2 as n"));
            assertThat(columns()).containsExactly("id", "n");
            rows("drop " + empty.substring(0, 5) + " " + name);
        }
    }

    private List<String> columns() throws Exception {
        return transfers.extract(shop, new Source.Table(orders), frames.file()).columns().stream()
                .map(Column::name)
                .toList();
    }

    /** What follows create; its rows are none, and more columns go where %s stands. */
    String emptyTable() {
        return "table " + name + " as select 1 as id%s where 1 = 0";
    }

    @Test
    void takesNoSpoiledFile() throws Exception {
        known();
        for (String text :
                List.of(
                        "",
                        "{",
                        "[]",
                        "{}",
                        "{\"shape\": 1, \"digest\": {}}",
                        "{\"shape\": {\"columns\": 3}, \"digest\": \"\"}")) {
            for (Path file : files()) {
                Files.writeString(file, text);
            }
            load(Mode.REPLACE, "select 3 as id, 'c' as t");
        }
        assertThat(rows("select * from " + name)).containsExactly("3|c");
    }

    @Test
    void knowsNothingWhileItLoads() throws Exception {
        known();
        assertThatThrownBy(() -> load(Mode.UPSERT, "select 'x' as id, 't' as t", "id"))
                .hasMessageContaining("nothing was loaded");
        assertThat(files()).isEmpty();
    }
}
