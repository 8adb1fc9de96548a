package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.Source;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sling's own ways, for which SQLite stands: no database that only they serve runs here. */
class OtherDatabaseTest {
    private static final Relation TABLE = new Relation(Optional.empty(), "main", "orders");

    @TempDir Path project;

    @Test
    void loadsAndExtractsAsSlingDoes() throws Exception {
        Frames frames = new Frames(project);
        OtherDatabase sqlite =
                new OtherDatabase(
                        new Sling.Target(
                                "lite",
                                Connections.sling(
                                        new Connection("lite", "sqlite", Map.of("path", "x.db")),
                                        project),
                                dev.dvtls.run.Secrets.of(Map.of())),
                        frames.programs());
        assertThat(sqlite.find(TABLE)).isEmpty();
        sqlite.load(TABLE, frames.load(Mode.REPLACE, "select unnest([1, 2]) as id, 'a' as s"));
        sqlite.load(TABLE, frames.load(Mode.UPSERT, "select unnest([2, 3]) as id, 'b' as s", "id"));
        assertThat(
                        frames.rows(
                                "select id, s from $1 order by id",
                                sqlite.extract(new Source.Table(TABLE), frames.file()).parquet()))
                .containsExactly("{'id': 1, 's': a}", "{'id': 2, 's': b}", "{'id': 3, 's': b}");
        assertThat(sqlite.find(TABLE).orElseThrow().columns()).hasSize(2);
        assertThatThrownBy(() -> sqlite.load(TABLE, frames.load(Mode.APPEND, "select 1 as id")))
                .hasMessageContaining("unique_key");
    }
}
