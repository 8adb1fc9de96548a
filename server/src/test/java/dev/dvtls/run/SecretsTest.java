package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static String hidden(Map<String, String> environment, String text) {
        return Secrets.ofEnvironment(environment).hide(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STRIPE_API_KEY",
                "stripe_key",
                "DB_PASSWORD",
                "PGPASSWORD_DEV_PASS",
                "GITHUB_TOKEN",
                "CLIENT_SECRET",
                "AWS_SECRET_ACCESS_KEY",
                "DBT_ENV_SECRET_X",
                "MYSQL_PWD",
                "OPENAI_APIKEY"
            })
    void variablesThatLookSecretAreHidden(String name) {
        assertThat(hidden(Map.of(name, "hunter22"), "it is hunter22.")).isEqualTo("it is ***.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PWD",
                "OLDPWD",
                "KEYBOARD",
                "HOME",
                "SSH_AUTH_SOCK",
                "API_KEY_FILE",
                "AWS_KEY_ID",
                "MONKEY_TAIL",
                "TOKENIZERS"
            })
    void othersAreNot(String name) {
        assertThat(hidden(Map.of(name, "/home/user"), "/home/user/x")).isEqualTo("/home/user/x");
    }

    @Test
    void aPasswordInAUrlIsHiddenWhateverTheName() {
        assertThat(hidden(Map.of("WAREHOUSE", "postgres://me:hunter22@host/db"), "pw hunter22"))
                .isEqualTo("pw ***");
    }

    @Test
    void settingsThatLookLikeSecretsStayReadable() {
        assertThat(hidden(Map.of("USE_TOKEN", "true"), "true")).isEqualTo("true");
    }

    @Test
    void everySpellingIsHidden() {
        Secrets secrets = Secrets.of(Map.of("password", "p@ss/w:rd %+ü'\"\\{}"));
        for (String spelled :
                new String[] {
                    "p@ss/w:rd %+ü'\"\\{}", // as it is
                    "p%40ss%2Fw%3Ard%20%25%2B%C3%BC%27%22%5C%7B%7D", // in a URL
                    "p@ss/w:rd %+ü'\\\"\\\\{}", // in JSON
                    "p@ss/w:rd %+\\u00fc'\\\"\\\\{}", // in Python's JSON
                    "p@ss/w:rd %+ü\\'\"\\\\{}", // as Python shows it
                }) {
            assertThat(secrets.hide("<" + spelled + ">")).isEqualTo("<***>");
        }
    }
}
