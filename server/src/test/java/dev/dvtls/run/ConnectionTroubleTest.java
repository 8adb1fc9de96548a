package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void troubleWithTheDataStaysAsItIs() {
        String said = "The column 'amount' cannot hold 'many'";
        assertThat(ConnectionTrouble.explained(said, prod)).isEqualTo(said);
    }
}
