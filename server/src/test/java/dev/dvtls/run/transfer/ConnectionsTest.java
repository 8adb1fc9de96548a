package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Secrets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionsTest {
    private static final Path PROJECT = Path.of("/p/my project");

    private static JsonObject object(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }

    private static Connection connection(String type, String fields) {
        return new Connection("dev", type, Map.copyOf(plain(object(fields))));
    }

    private static Map<String, Object> plain(JsonObject object) {
        Map<String, Object> map = new java.util.HashMap<>();
        object.entrySet()
                .forEach(
                        entry ->
                                map.put(
                                        entry.getKey(),
                                        entry.getValue().getAsJsonPrimitive().isNumber()
                                                ? (Object) entry.getValue().getAsInt()
                                                : entry.getValue().getAsString()));
        return map;
    }

    /**
     * An output of the profile, and what Sling is given; keys and values as their tools have them.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "postgres | {host: h, port: 5433, user: u, pass: p, dbname: d, schema: s, threads:"
                        + " 4, sslmode: prefer} | {type: postgres, host: h, port: 5433, user: u,"
                        + " password: p, database: d, sslmode: disable}",
                "redshift | {host: h, user: u, password: p, dbname: d} | {type: redshift, host: h,"
                        + " port: 5439, user: u, password: p, database: d, sslmode: require}",
                "mysql | {server: h, username: u, password: p, schema: s} | {type: mysql, host: h,"
                        + " port: 3306, max_allowed_packet: '1048576', user: u, password: p,"
                        + " database: s}",
                "mariadb | {host: h, user: u, password: p, database: d} | {type: mariadb, host: h,"
                        + " port: 3306, max_allowed_packet: '1048576', user: u, password: p,"
                        + " database: d}",
                "snowflake | {account: a, user: u, password: p, database: d, warehouse: w, role: r,"
                    + " schema: s} | {type: snowflake, account: a, user: u, password: p, database:"
                    + " d, warehouse: w, role: r, schema: s}",
                "bigquery | {project: p, dataset: d, keyfile: 'keys/k.json'} | {type: bigquery,"
                        + " project: p, dataset: d, location: US, keyfile: '/p/my"
                        + " project/keys/k.json'}",
                "databricks | {host: h, token: t, http_path: '/sql/1', catalog: c, schema: s} |"
                        + " {type: databricks, host: h, token: t, http_path: '/sql/1', catalog: c,"
                        + " schema: s}",
                "duckdb | {path: 'data/x.duckdb', schema: main}"
                        + " | {type: duckdb, instance: '/p/my project/data/x.duckdb'}",
                "duckdb | {path: 'md:shop', motherduck_token: t}"
                        + " | {type: motherduck, database: shop, motherduck_token: t}",
                "sqlite | {path: '../x.db'} | {type: sqlite, instance: '/p/x.db'}",
                "motherduck | {database: d, token: t}"
                        + " | {type: motherduck, database: d, motherduck_token: t}",
                "starrocks | {host: h, username: u, password: p, schema: s} | {type: starrocks,"
                        + " host: h, port: 9030, user: u, password: p, database: s}",
            })
    void mapsATypeBySlingsNames(String type, String fields, String sling) throws Exception {
        assertThat(object(Connections.sling(connection(type, fields), PROJECT).json()))
                .isEqualTo(object(sling));
    }

    @Test
    void everyTypeOfTheTableHasATest() {
        assertThat(Connections.types())
                .containsExactlyInAnyOrder(
                        "postgres",
                        "redshift",
                        "mysql",
                        "mariadb",
                        "sqlserver",
                        "oracle",
                        "snowflake",
                        "bigquery",
                        "databricks",
                        "clickhouse",
                        "trino",
                        "duckdb",
                        "sqlite",
                        "motherduck",
                        "athena",
                        "d1",
                        "ducklake",
                        "iceberg",
                        "proton",
                        "starrocks");
    }

    @Test
    void keepsAnyCharacterOfAPasswordInAscii() throws Exception {
        String password = "p@ss/w:rd?&#%+\"'\\{}$ü😀";
        String json =
                Connections.sling(
                                new Connection(
                                        "dev",
                                        "mysql",
                                        Map.of(
                                                "host", "h",
                                                "user", "u",
                                                "password", password,
                                                "database", "d")),
                                PROJECT)
                        .json();
        assertThat(json).isASCII();
        assertThat(object(json).get("password").getAsString()).isEqualTo(password);
    }

    @Test
    void whatIsUnderSlingGoesThroughAsItIs() throws Exception {
        SlingConnection connection =
                Connections.sling(
                        new Connection(
                                "dev",
                                "duckdb",
                                Map.of("path", "a.db", "sling", Map.of("read_only", true))),
                        PROJECT);
        assertThat(connection.properties()).containsEntry("read_only", true);
    }

    @Test
    void saysWhatIsMissingOrUnknown() {
        assertThatThrownBy(
                        () ->
                                Connections.sling(
                                        connection("postgres", "{host: h, user: u}"), PROJECT))
                .hasMessageContaining("'dev'")
                .hasMessageContaining("`dbname`");
        assertThatThrownBy(() -> Connections.sling(connection("access", "{}"), PROJECT))
                .hasMessageContaining("'access'")
                .hasMessageContaining("postgres");
        assertThatThrownBy(
                        () ->
                                Connections.sling(
                                        connection(
                                                "postgres",
                                                "{host: h, user: u, dbname: d, password: 'a b'}"),
                                        PROJECT))
                .hasMessageContaining("space")
                .hasMessageNotContaining("a b");
    }

    @Test
    void hidesSecretsInEverySpelling() {
        Secrets secrets =
                Secrets.of(
                        Map.of(
                                "host", "localhost",
                                "password", "p@ss w\"rd",
                                "pin_token", "x1",
                                "sling", Map.of("private_key", "-----KEY-----\nabcdefgh\n")));
        assertThat(
                        secrets.hide(
                                "localhost p@ss w\"rd p%40ss+w%22rd p%40ss%20w%22rd {\"p\":\"p@ss"
                                        + " w\\\"rd\"} x1 ax1b abcdefgh"))
                .isEqualTo("localhost *** *** *** {\"p\":\"***\"} *** ax1b ***");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fatal:#--- proc.go:283 main ---#~ failure running task#~ SQL Error for:#select 1/0"
                        + "#pq: division by zero | pq: division by zero",
                "fatal:#~ could not connect to database#dial tcp 127.0.0.1:5: connect: connection"
                        + " refused | dial tcp 127.0.0.1:5: connect: connection refused",
                "2026-01-01 00:00:00 INF x#fatal:#~ Failed to execute SQL#Binder Error: no x#For"
                        + " query => begin; | Binder Error: no x",
                "fatal:#~ could not open it | could not open it",
                "'' | Sling ended without saying why"
            })
    void findsTheLineThatSaysWhatWentWrong(String output, String line) {
        assertThat(SlingMessage.of(output.replace('#', '\n'))).isEqualTo(line);
    }
}
