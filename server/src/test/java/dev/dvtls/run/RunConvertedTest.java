package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.Postgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that a target has no type for become others, which the run tells once. */
class RunConvertedTest {
    private static final String MODEL =
            """
            return session.sql(\"\"\"
                select 1 as id, [1, 2] as list, {'a': 1} as struct, interval 1 hour as span\"\"\")
            """;

    @TempDir Path folder;

    private RunProject.Ran run(Connection output) throws Exception {
        return RunProject.in(folder).outputs(output).model("m", MODEL).run().succeeded();
    }

    @Test
    void isToldByTheLoadThatMakesTheColumn() throws Exception {
        Connection file =
                new Connection("dev", "sqlite", Map.of("type", "sqlite", "path", "dev.sqlite"));
        assertThat(run(file).warnings())
                .containsExactly(
                        "Values change their type in main.m, as 'dev' has none for them: 'list'"
                                + " becomes JSON, 'struct' becomes JSON, 'span' becomes text.");
        assertThat(run(file).warnings()).isEmpty();
    }

    @Test
    void isOnlyWhatTheTargetDoesNotHave() throws Exception {
        Connection pg = Postgres.server().database();
        assertThat(run(new Connection("dev", pg.type(), pg.fields())).warnings())
                .hasSize(1)
                .first()
                .asString()
                .contains("'struct' becomes JSON")
                .doesNotContain("'span'");
    }
}
