package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.testing.TestTools;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir Path folder;

    private CliProject.Ran doctor(String... arguments) throws Exception {
        String python = TestTools.venv().resolve("bin/python").toString();
        return CliProject.in(folder)
                .run(
                        "doctor",
                        Stream.concat(Stream.of("--python", python), Stream.of(arguments))
                                .toArray(String[]::new));
    }

    @Test
    void eachThingHasItsLineBelowItsArea() throws Exception {
        CliProject.Ran ran = doctor("--target", "dev");
        assertThat(ran.out())
                .containsPattern("(?m)^python$")
                .containsPattern("(?m)^  ok       interpreter: .*, Python 3\\.")
                .containsPattern("(?m)^tools$")
                .containsPattern("(?m)^  ok       debugpy: 1\\.8\\.\\d+, .*/debugpy$")
                .containsPattern("(?m)^profile$")
                .containsPattern("(?m)^  warning  dev: ");
        assertThat(ran.code()).as("a database that is made by the first run").isZero();
    }

    @Test
    void programsReadItAsJson() throws Exception {
        CliProject.Ran ran = doctor("--target", "test", "--output-format", "json");
        JsonObject report = JsonParser.parseString(ran.out()).getAsJsonObject();
        assertThat(report.get("ok").getAsBoolean()).isFalse();
        assertThat(ran.code()).isEqualTo(1);
        JsonArray findings = report.getAsJsonArray("findings");
        assertThat(StreamSupport.stream(findings.spliterator(), false))
                .extracting(JsonElement::getAsJsonObject)
                .anySatisfy(
                        finding -> {
                            assertThat(finding.get("name").getAsString()).isEqualTo("debugpy");
                            assertThat(finding.get("status").getAsString()).isEqualTo("ok");
                        })
                .anySatisfy(
                        finding -> {
                            assertThat(finding.get("name").getAsString()).isEqualTo("test");
                            assertThat(finding.get("detail").getAsString())
                                    .contains("it has dev, prod.");
                        });
    }
}
