package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.project.ProjectReader;
import dev.dvtls.run.Doctor.Finding;
import dev.dvtls.run.Doctor.Status;
import dev.dvtls.run.env.InterpreterChoice;
import dev.dvtls.testing.Postgres;
import dev.dvtls.testing.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir Path project;

    private List<Finding> examine(Optional<String> target) throws Exception {
        return Doctor.examine(
                new Doctor.Question(
                        ProjectReader.read(project).layout().project(),
                        Optional.of(project),
                        target,
                        InterpreterChoice.of(Optional.of(TestTools.venv())),
                        Optional.of(TestTools.tools().sling())),
                new Cancellation());
    }

    private static Finding named(List<Finding> findings, String name) {
        return findings.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void saysWhatIsThereAndWhatIsNot() throws Exception {
        int port = Postgres.server().port();
        Files.writeString(
                project.resolve("dbt_project.yml"), "name: p\nprofile: p\nversion: '1.0'\n");
        Files.writeString(project.resolve(".env"), "SECRET_OF_DOCTOR=hush-hush\n");
        Files.writeString(
                project.resolve("profiles.yml"),
                """
                p:
                  target: new
                  outputs:
                    new: {type: duckdb, path: new.duckdb}
                    wrong:
                      type: postgres
                      host: 127.0.0.1
                      port: %d
                      user: tester
                      password: "{{ env_var('SECRET_OF_DOCTOR') }}"
                      dbname: postgres
                    half: {type: snowflake, account: a}
                    unset: {type: duckdb, path: "{{ env_var('NOT_SET_ANYWHERE') }}"}
                """
                        .formatted(port));
        List<Finding> findings = examine(Optional.empty());
        assertThat(named(findings, "interpreter").status()).isEqualTo(Status.OK);
        assertThat(named(findings, "interpreter").detail()).contains("it was chosen");
        assertThat(named(findings, "duckdb").detail()).startsWith("1.");
        assertThat(named(findings, "sling").detail()).contains("1.4.11").contains("--sling");
        assertThat(named(findings, "new").status()).isEqualTo(Status.WARNING);
        assertThat(named(findings, "wrong").status()).isEqualTo(Status.FAILED);
        assertThat(named(findings, "wrong").detail()).contains("password authentication failed");
        assertThat(named(findings, "half").detail()).contains("`user`");
        assertThat(named(findings, "unset").detail()).contains("NOT_SET_ANYWHERE");
        assertThat(findings.toString()).doesNotContain("hush-hush");
        assertThat(examine(Optional.of("new")))
                .filteredOn(f -> f.area().equals("connection"))
                .extracting(Finding::name)
                .containsExactly("new");
    }

    @Test
    void rendersTheTarget() throws Exception {
        Files.writeString(
                project.resolve("dbt_project.yml"), "name: p\nprofile: p\nversion: '1.0'\n");
        String profile =
                "p: {target: \"{{ env_var('NOT_SET_FOR_DOCTOR', 'dev') }}\", outputs: {%s: {type:"
                        + " duckdb, path: a.duckdb}}}";
        Files.writeString(project.resolve("profiles.yml"), profile.formatted("dev"));
        assertThat(named(examine(Optional.empty()), "p").detail()).endsWith(", target dev");
        Files.writeString(project.resolve("profiles.yml"), profile.formatted("prod"));
        Finding wrong = named(examine(Optional.empty()), "p");
        assertThat(wrong.status()).isEqualTo(Status.FAILED);
        assertThat(wrong.detail()).contains("no output 'dev'; it has prod.");
    }

    @Test
    void saysWhereItLookedForAProfile() throws Exception {
        Files.writeString(
                project.resolve("dbt_project.yml"), "name: p\nprofile: p\nversion: '1.0'\n");
        Files.writeString(project.resolve("profiles.yml"), "other: {outputs: {}}\n");
        Finding profile = named(examine(Optional.empty()), "p");
        assertThat(profile.status()).isEqualTo(Status.FAILED);
        assertThat(profile.detail()).contains("other");
    }
}
