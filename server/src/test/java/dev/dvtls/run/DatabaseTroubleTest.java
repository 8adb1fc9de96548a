package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.Postgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that refuses: one useful line, its connection and table, the next step. */
class DatabaseTroubleTest {
    private static final String PASSWORD = "weak-Passw0rd";

    @TempDir Path folder;
    private final Connection pg = Postgres.server().database();
    private final String role = "weak_" + pg.name();
    private RunProject project;

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder).model("m", "return session.sql('select 1 as id')");
    }

    private Connection with(String key, Object value) {
        Map<String, Object> fields = new LinkedHashMap<>(pg.fields());
        fields.put(key, value);
        return new Connection("dev", "postgres", fields);
    }

    /** A role that may do nothing but connect. */
    private Connection weak(String schema) {
        Postgres.server().psql(pg, "create role " + role + " login password '" + PASSWORD + "'");
        Map<String, Object> fields = new LinkedHashMap<>(with("user", role).fields());
        fields.put("password", PASSWORD);
        fields.put("schema", schema);
        return new Connection("dev", "postgres", fields);
    }

    private RunEvent.Failure failure(Connection output) throws Exception {
        RunEvent.Failure failure = project.outputs(output).run("m").failure("m");
        assertThat(failure.message()).doesNotContain(PASSWORD).contains("'dev'");
        assertThat(failure.file()).contains(project.root.resolve("models/m.py"));
        assertThat(failure.line()).isPositive();
        return failure;
    }

    @Test
    void aWrongPassword() throws Exception {
        assertThat(failure(with("password", "not-the-password")).message())
                .contains("public.m", "password authentication failed for user")
                .contains("Check user and password of the output 'dev' in profiles.yml")
                .contains("dvt-ls doctor --target dev")
                .doesNotContain("not-the-password");
    }

    @Test
    void anUnknownDatabase() throws Exception {
        assertThat(failure(with("dbname", "nowhere")).message())
                .contains("database \"nowhere\" does not exist", "Create the database");
    }

    @Test
    void anUnknownHost() throws Exception {
        assertThat(failure(with("host", "no-such-host.invalid")).message())
                .contains("no such host", "Check host of the output 'dev' in profiles.yml");
    }

    @Test
    void aPortWhereNothingListens() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(failure(with("port", free)).message())
                .contains("connection refused", "Nothing listens there");
    }

    @Test
    void aSchemaWithoutTheRightToCreate() throws Exception {
        Postgres.server().psql(pg, "create schema closed");
        assertThat(failure(weak("closed")).message())
                .contains("closed.m", "permission denied for schema closed")
                .contains("grant usage, create on schema closed to " + role);
    }

    @Test
    void aSchemaThatMayNotBeMade() throws Exception {
        assertThat(failure(weak("brand_new")).message())
                .contains("permission denied for database " + pg.name())
                .contains("grant create on database " + pg.name() + " to " + role);
    }

    @Test
    void aTableOfAnotherOwner() throws Exception {
        Connection weak = weak("half");
        Postgres.server()
                .psql(
                        pg,
                        "create schema half; grant usage, create on schema half to "
                                + role
                                + "; create table half.m as select 7 as id");
        assertThat(failure(weak).message())
                .containsPattern("permission denied for table m|must be owner of table m")
                .contains("half.m", "lacks a right there");
        assertThat(Postgres.server().psql(pg, "select id from half.m")).containsExactly("7");
    }

    @Test
    void aTableThatMayNotBeReadNamesItAndTheLogHasTheWholeText() throws Exception {
        Connection weak = weak("public");
        Postgres.server().psql(pg, "create table orders as select 1 as id");
        project.file(
                "models/sources.yml",
                "sources: [{name: ops, schema: public, tables: [{name: orders}]}]");
        project.model("m", "return dbt.source('ops', 'orders')");
        RunEvent.Failure failure = failure(weak);
        assertThat(failure.code()).isEqualTo("extract-failed");
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.column()).isEqualTo(12);
        assertThat(failure.message())
                .contains("'ops.orders' (public.orders) could not be read from 'dev'")
                .contains("permission denied for table orders", "to read: select");
        assertThat(failure.message().lines()).hasSize(1);
        assertThat(logs()).contains("programFailed", "Sling Replication").doesNotContain(PASSWORD);
    }

    private String logs() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(project.root.resolve(".dvt/logs"))) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
