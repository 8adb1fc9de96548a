package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.MariaDb;
import dev.dvtls.testing.Postgres;
import dev.dvtls.testing.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An extract and a load start Sling once each, and once more to look at a table that is not known
 * yet; what a run has made is not extracted.
 */
class SlingStartsTest {
    private static final String SOURCES =
            "sources: [{name: ops, schema: %s, tables: [{name: orders}]}]";

    @TempDir Path folder;

    @Test
    void onPostgres() throws Exception {
        Connection pg = Postgres.server().database();
        Postgres.server().psql(pg, "create table orders as select 1 as id");
        counts(pg, "public");
    }

    @Test
    void onMariaDb() throws Exception {
        Connection maria = MariaDb.server().database();
        MariaDb.server().sql(maria, "create table orders as select 1 as id");
        counts(maria, String.valueOf(maria.fields().get("schema")));
    }

    private void counts(Connection database, String schema) throws Exception {
        RunProject project = RunProject.in(folder);
        project.outputs(new Connection("dev", database.type(), database.fields()))
                .file("models/s.yml", SOURCES.formatted(schema))
                .model("m", "return dbt.source('ops', 'orders')")
                .model("n", "return dbt.ref('m')")
                .environment("DVT_SLING", counting().toString());
        project.run("m").succeeded();
        assertThat(starts()).as("nothing is known of the source and the table").isEqualTo(4);
        project.run("m").succeeded();
        assertThat(starts()).as("the source is known, the table was made").isEqualTo(3);
        project.run("m").succeeded();
        assertThat(starts()).as("both are known").isEqualTo(2);
        project.run("m", "n").succeeded();
        assertThat(starts()).as("n is new, and reads what this run has made").isEqualTo(4);
    }

    /** Sling, which leaves a line a start. */
    private Path counting() throws Exception {
        Path wrapper = folder.resolve("sling-counted");
        Files.writeString(
                wrapper,
                "#!/bin/sh\necho >> '%s'\nexec '%s' \"$@\"\n"
                        .formatted(counted(), TestTools.tools().sling()));
        return Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path counted() {
        return folder.resolve("sling-starts");
    }

    /** Since it was asked last. */
    private long starts() throws Exception {
        long lines = Files.readString(counted()).lines().count();
        Files.delete(counted());
        return lines;
    }
}
