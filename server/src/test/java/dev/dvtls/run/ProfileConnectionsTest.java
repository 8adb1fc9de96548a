package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.project.Profile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileConnectionsTest {
    @Test
    void credentialsOfOutputsThatTheRunDoesNotUseAreHiddenToo() {
        Map<String, Object> fields = Map.of("type", "postgres", "password", "correct horse");
        Profile.Output unused = new Profile.Output("pg", "postgres", fields);
        Profile profile = new Profile("p", Path.of("profiles.yml"), "dev", Map.of("pg", unused));
        Redaction redaction = new ProfileConnections(profile, texts -> texts, Map.of()).redaction();
        assertThat(redaction.clean("it is correct horse.")).isEqualTo("it is ***.");
    }

    @Test
    void soAreVariablesThatCredentialsAreMadeFrom() {
        Map<String, Object> fields =
                Map.of("type", "postgres", "password", "{{ env_var('ANY_NAME') }}");
        Profile.Output unused = new Profile.Output("pg", "postgres", fields);
        Profile profile = new Profile("p", Path.of("profiles.yml"), "dev", Map.of("pg", unused));
        Redaction redaction =
                new ProfileConnections(profile, texts -> texts, Map.of("ANY_NAME", "battery"))
                        .redaction();
        assertThat(redaction.clean("it is battery.")).isEqualTo("it is ***.");
    }
}
