package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.reflect.TypeToken;
import dev.dvtls.run.Connection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways to log in, TLS and the like: an output as dbt's adapter documents it, and Sling's. */
class ConnectionTypesTest {
    private static final Path PROJECT = Path.of("/p");

    /** Type, fields of the profile, what Sling is given; in relaxed JSON. */
    static List<List<String>> documented() {
        return List.of(
                List.of(
                        "postgres",
                        "{host: h, user: 'u@x', password: 'p@ss/w:rd#%&', dbname: d, sslmode:"
                                + " verify-full, sslrootcert: 'ca.pem', connect_timeout: 10}",
                        "{type: postgres, host: h, port: 5432, user: 'u@x', password:"
                                + " 'p@ss/w:rd#%&', database: d, sslmode: verify-full, sslrootcert:"
                                + " '/p/ca.pem', url: 'postgresql://u%40x:p%40ss%2Fw%3Ard%23%25%26"
                                + "@h:5432/d?sslmode=verify-full&sslrootcert=%2Fp%2Fca.pem'}"),
                List.of(
                        "redshift",
                        "{method: database, host: h, port: 5439, user: u, password: p, dbname: d,"
                                + " sslmode: prefer, ra3_node: true}",
                        "{type: redshift, host: h, port: 5439, user: u, password: p, database: d,"
                                + " sslmode: require}"),
                List.of(
                        "sqlserver",
                        "{driver: 'ODBC Driver 18', server: h, port: 1434, database: d, schema:"
                                + " dbo, user: u, password: p, encrypt: false, trust_cert: true,"
                                + " login_timeout: 5}",
                        "{type: sqlserver, host: h, port: 1434, encrypt: false, user: u, password:"
                                + " p, database: d, trust_server_certificate: true}"),
                List.of(
                        "sqlserver",
                        "{server: h, database: d, windows_login: true}",
                        "{type: sqlserver, port: 1433, encrypt: 'true', host: h, database: d,"
                                + " authenticator: winsspi, trusted_connection: 'true'}"),
                List.of(
                        "sqlserver",
                        "{server: h, instance: i, database: d, user: u, password: p}",
                        "{type: sqlserver, encrypt: 'true', host: h, user: u, password: p,"
                                + " database: d, instance: i}"),
                List.of(
                        "fabric",
                        "{server: h, database: d, authentication: ServicePrincipal, client_id: c,"
                                + " tenant_id: t, client_secret: s}",
                        "{type: sqlserver, port: 1433, encrypt: 'true', host: h, database: d,"
                                + " fedauth: ActiveDirectoryServicePrincipal, user: 'c@t',"
                                + " password: s}"),
                List.of(
                        "synapse",
                        "{server: h, database: d, authentication: CLI}",
                        "{type: sqlserver, port: 1433, encrypt: 'true', host: h, database: d,"
                                + " fedauth: ActiveDirectoryAzCli}"),
                List.of(
                        "oracle",
                        "{protocol: tcps, host: h, port: 1522, user: u, pass: p, service: s,"
                                + " database: d, schema: x, wallet_location: wallet}",
                        "{type: oracle, port: 1522, host: h, user: u, password: p, service_name: s,"
                                + " wallet: '/p/wallet', ssl: 'true'}"),
                List.of(
                        "oracle",
                        "{host: h, user: u, password: p, sid: s, database: d}",
                        "{type: oracle, port: 1521, host: h, user: u, password: p, sid: s}"),
                List.of(
                        "oracle",
                        "{user: u, password: p, connection_string: '(DESCRIPTION=x)'}",
                        "{type: oracle, port: 1521, user: u, password: p, tns: '(DESCRIPTION=x)'}"),
                List.of(
                        "snowflake",
                        "{account: a, user: u, role: r, database: d, warehouse: w, schema: s,"
                                + " private_key_path: 'keys/k.p8', private_key_passphrase: x,"
                                + " client_session_keep_alive: true, threads: 8}",
                        "{type: snowflake, account: a, user: u, role: r, database: d, warehouse: w,"
                                + " schema: s, private_key_path: '/p/keys/k.p8',"
                                + " private_key_passphrase: x}"),
                List.of(
                        "snowflake",
                        "{account: a, user: u, database: d, authenticator: oauth, token: 't+/='}",
                        "{type: snowflake, account: a, user: u, database: d, authenticator: oauth,"
                            + " token: 't+/=', url: 'snowflake://u:@a.snowflakecomputing.com:443"
                            + "/d?authenticator=oauth&token=t%2B%2F%3D'}"),
                List.of(
                        "snowflake",
                        "{account: a, user: 'u', password: 'p', database: d, warehouse: 'w h',"
                                + " authenticator: 'https://x.okta.com'}",
                        "{type: snowflake, account: a, user: 'u', password: 'p', database: d,"
                                + " warehouse: 'w h', authenticator: 'https://x.okta.com', url:"
                                + " 'snowflake://u:p@a.snowflakecomputing.com:443/d?warehouse=w%20h"
                                + "&authenticator=https%3A%2F%2Fx.okta.com'}"),
                List.of(
                        "bigquery",
                        "{method: oauth, project: p, dataset: d, location: EU, priority:"
                                + " interactive}",
                        "{type: bigquery, project: p, dataset: d, location: EU}"),
                List.of(
                        "bigquery",
                        "{method: service-account, project: p, schema: d, keyfile: '/k.json'}",
                        "{type: bigquery, project: p, dataset: d, location: US, keyfile:"
                                + " '/k.json'}"),
                List.of(
                        "bigquery",
                        "{method: service-account-json, project: p, dataset: d, keyfile_json:"
                                + " {type: service_account, private_key: 'a\\nb'}}",
                        "{type: bigquery, project: p, dataset: d, location: US, key_body:"
                                + " '{\"type\":\"service_account\",\"private_key\":\"a\\\\nb\"}'}"),
                List.of(
                        "databricks",
                        "{host: h, auth_type: token, token: t, http_path: '/sql/1', catalog: c,"
                                + " schema: s}",
                        "{type: databricks, host: h, token: t, http_path: '/sql/1', catalog: c,"
                                + " schema: s}"),
                List.of(
                        "clickhouse",
                        "{host: h, port: 9000, schema: s, user: u, password: p}",
                        "{type: clickhouse, user: u, database: s, host: h, port: 9000, password:"
                                + " p}"),
                List.of(
                        "clickhouse",
                        "{host: h, port: 9440, schema: s, secure: true, verify: false}",
                        "{type: clickhouse, user: default, database: s, host: h, port: 9440,"
                                + " skip_verify: 'true', secure: 'true'}"),
                List.of(
                        "clickhouse",
                        "{host: h, port: 8123, schema: s, user: u, password: 'p@/'}",
                        "{type: clickhouse, user: u, database: s, host: h, port: 8123, password:"
                                + " 'p@/', http_scheme: http, http_url:"
                                + " 'http://u:p%40%2F@h:8123/s'}"),
                List.of(
                        "clickhouse",
                        "{driver: http, host: h, port: 443, schema: s, secure: true}",
                        "{type: clickhouse, user: default, database: s, host: h, port: 443,"
                                + " http_scheme: http, secure: 'true', http_url:"
                                + " 'https://default:@h:443/s?secure=true'}"),
                List.of(
                        "d1",
                        "{account_id: a, token: t, database: d}",
                        "{type: d1, account_id: a, api_token: t, database: d}"),
                List.of(
                        "ducklake",
                        "{catalog_type: postgres, catalog_conn_string: 'host=h dbname=d',"
                                + " data_path: 's3://b/lake', s3_region: r, s3_access_key_id: k,"
                                + " s3_secret_access_key: p}",
                        "{type: ducklake, catalog_type: postgres, catalog_conn_string: 'host=h"
                                + " dbname=d', data_path: 's3://b/lake', s3_access_key_id: k,"
                                + " s3_secret_access_key: p, s3_region: r}"),
                List.of(
                        "iceberg",
                        "{catalog_type: rest, rest_uri: 'https://h/c', rest_token: t,"
                                + " rest_warehouse: w}",
                        "{type: iceberg, catalog_type: rest, rest_uri: 'https://h/c',"
                                + " rest_warehouse: w, rest_token: t}"),
                List.of(
                        "proton",
                        "{host: h, password: p, schema: s}",
                        "{type: proton, port: 8463, user: default, database: s, host: h,"
                                + " password: p}"),
                List.of(
                        "trino",
                        "{method: none, host: h, port: 8081, user: u, database: c, schema: s}",
                        "{type: trino, port: 8081, http_scheme: http, host: h, user: u, catalog: c,"
                                + " schema: s, http_url: 'http://u:@h:8081'}"),
                List.of(
                        "trino",
                        "{method: ldap, host: h, port: 443, user: 'u@x', password: 'p@ss/w:rd#%&',"
                                + " database: c, schema: s, cert: 'ca.pem'}",
                        "{type: trino, port: 443, http_scheme: https, host: h, user: 'u@x',"
                                + " password: 'p@ss/w:rd#%&', catalog: c, schema: s, ssl_cert_path:"
                                + " '/p/ca.pem', http_url:"
                                + " 'https://u%40x:p%40ss%2Fw%3Ard%23%25%26@h:443'}"),
                List.of(
                        "athena",
                        "{s3_staging_dir: 's3://b/x', region_name: eu-west-1, database:"
                                + " awsdatacatalog, schema: s, work_group: w, aws_profile_name: a}",
                        "{type: athena, catalog: awsdatacatalog, aws_region: eu-west-1,"
                                + " aws_profile: a, workgroup: w, data_location: 's3://b/x',"
                                + " staging_location: 's3://b/x', database: s}"),
                List.of(
                        "duckdb",
                        "{path: x.duckdb, secrets: [{type: s3}], extensions: [httpfs]}",
                        "{type: duckdb, instance: '/p/x.duckdb'}"),
                List.of(
                        "sqlite",
                        "{schemas_and_paths: {main: x.db}, database: database, schema: main,"
                                + " schema_directory: data}",
                        "{type: sqlite, instance: '/p/x.db'}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documented")
    void mapsWhatDbtsAdaptersDocument(List<String> row) throws Exception {
        assertThat(object(Connections.sling(connection(row.get(0), row.get(1)), PROJECT).json()))
                .isEqualTo(object(row.get(2)));
    }

    /** Type, fields, and what the refusal names. */
    static List<List<String>> refused() {
        return List.of(
                List.of("redshift", "{method: iam, host: h, user: u, dbname: d}", "`method: iam`"),
                List.of(
                        "postgres",
                        "{host: h, user: u, dbname: d, ssl_min_protocol: TLSv1.3}",
                        "`ssl_min_protocol`"),
                List.of(
                        "sqlserver",
                        "{server: h, database: d, authentication: ActiveDirectoryPassword}",
                        "`authentication: ActiveDirectoryPassword`"),
                List.of(
                        "sqlserver",
                        "{server: h, database: d, authentication: ServicePrincipal, client_id: c}",
                        "`tenant_id`"),
                List.of("oracle", "{user: u, password: p, tns_name: x}", "`tns_name`"),
                List.of(
                        "snowflake",
                        "{account: a, user: u, database: d, authenticator: oauth}",
                        "`token`"),
                List.of(
                        "bigquery",
                        "{method: oauth-secrets, project: p, dataset: d}",
                        "`method: oauth-secrets`"),
                List.of(
                        "bigquery",
                        "{method: service-account, project: p, dataset: d}",
                        "`keyfile`"),
                List.of(
                        "bigquery",
                        "{method: oauth, project: p, dataset: d, impersonate_service_account: x}",
                        "`impersonate_service_account`"),
                List.of(
                        "databricks",
                        "{host: h, http_path: x, auth_type: oauth, schema: s}",
                        "`auth_type: oauth`"),
                List.of("clickhouse", "{host: h, schema: s}", "`port`"),
                List.of(
                        "clickhouse",
                        "{host: h, port: 9440, secure: true, client_cert: x}",
                        "`client_cert`"),
                List.of("trino", "{method: jwt, host: h, user: u, database: c}", "`method: jwt`"),
                List.of(
                        "starrocks",
                        "{host: h, username: u, schema: s, catalog: x}",
                        "`catalog: x`"),
                List.of("exasol", "{dsn: h, user: u, password: p}", "athena, bigquery"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWhatWouldBeLost(List<String> row) {
        assertThatThrownBy(() -> Connections.sling(connection(row.get(0), row.get(1)), PROJECT))
                .hasMessageContaining("'dev'")
                .hasMessageContaining(row.get(0))
                .hasMessageContaining(row.get(2));
    }

    @Test
    void takesFalseForNotAsked() throws Exception {
        assertThat(
                        Connections.sling(
                                        connection(
                                                "redshift",
                                                "{host: h, user: u, dbname: d, iam: false}"),
                                        PROJECT)
                                .properties())
                .doesNotContainKey("iam");
    }

    private static JsonObject object(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }

    private static Connection connection(String type, String fields) {
        Map<String, Object> map =
                new Gson().fromJson(object(fields), new TypeToken<Map<String, Object>>() {});
        map.replaceAll((key, value) -> value instanceof Double d ? (Object) d.intValue() : value);
        return new Connection("dev", type, map);
    }
}
