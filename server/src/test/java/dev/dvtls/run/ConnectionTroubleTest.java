package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTroubleTest {
    private final Connection prod = new Connection("prod", "postgres", Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pq: password authentication failed for user \"me\"",
                "dial tcp: lookup nowhere.invalid on 10.0.0.1:53: no such host",
                "dial tcp 127.0.0.1:1: connect: connection refused",
                "pq: database \"shop\" does not exist"
            })
    void aConnectionThatFailsNamesItsOutputAndTheNextStep(String said) {
        assertThat(ConnectionTrouble.explained(said, prod))
                .startsWith(said)
                .contains("'prod' in profiles.yml", "dvt-ls doctor");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Error 1045 (28000): Access denied for user 'me'@'x' (using password: YES)|PASSWORD
                    Error 1044 (42000): Access denied for user 'me'@'%' to database 'd'|DATABASE_RIGHT
                    Error 1049 (42000): Unknown database 'd'|NO_DATABASE
                    pq: no pg_hba.conf entry for host "10.0.0.1", user "me", database "d"|NOT_LET_IN
                    pq: SSL is not enabled on the server|TLS
                    dial tcp 10.255.255.1:5432: i/o timeout|NO_ANSWER
                    dial tcp 10.0.0.1:5432: connect: no route to host|NO_ANSWER
                    pq: sorry, too many clients already|TOO_MANY
                    driver: bad connection|LOST
                    pq: could not extend file "base/1/2": No space left on device|NO_SPACE
                    database or disk is full (13)|NO_SPACE
                    pq: cannot execute INSERT in a read-only transaction|READ_ONLY
                    pq: permission denied for schema closed|SCHEMA_RIGHT
                    pq: permission denied for table t|TABLE_RIGHT
                    pq: must be owner of table t|TABLE_RIGHT
                    Error 1142 (42000): INSERT command denied to user 'me'@'x' for table 't'|TABLE_RIGHT
                    IO Error: Cannot open file "/x/y.duckdb": Permission denied|FILE_RIGHT
                    The file "/x" exists, but it is not a valid DuckDB database file!|NOT_A_DATABASE
                    """)
    void everyKindOfTroubleIsKnown(String said, ConnectionTrouble kind) {
        assertThat(ConnectionTrouble.of(said)).contains(kind);
        assertThat(ConnectionTrouble.explained(said, prod))
                .startsWith(said)
                .doesNotContain("%s", "${", "..");
    }

    @Test
    void aRightIsNamedAsItIsGranted() {
        Connection weak = new Connection("prod", "postgres", Map.of("user", "loader"));
        assertThat(ConnectionTrouble.explained("pq: permission denied for schema mart", weak))
                .contains("grant usage, create on schema mart to loader");
        assertThat(ConnectionTrouble.explained("pq: permission denied for database dwh", weak))
                .contains("grant create on database dwh to loader");
    }

    @Test
    void troubleWithTheDataStaysAsItIs() {
        String said = "The column 'amount' cannot hold 'many'";
        assertThat(ConnectionTrouble.explained(said, prod)).isEqualTo(said);
    }
}
