package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.project.ProjectReader;
import dev.dvtls.run.Doctor.Finding;
import dev.dvtls.run.Doctor.Status;
import dev.dvtls.run.env.Fix;
import dev.dvtls.run.env.Interpreter;
import dev.dvtls.run.env.InterpreterChoice;
import dev.dvtls.run.env.Machine;
import dev.dvtls.run.env.SitePackages;
import dev.dvtls.testing.Postgres;
import dev.dvtls.testing.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir Path project;

    private List<Finding> examine(Optional<String> target) throws Exception {
        return examine(target, Optional.of(TestTools.venv()), Machine.here());
    }

    private List<Finding> examine(Optional<String> target, Optional<Path> python, Machine machine)
            throws Exception {
        return Doctor.examine(
                new Doctor.Question(
                        ProjectReader.read(project).layout().project(),
                        Optional.of(project),
                        target,
                        InterpreterChoice.of(python),
                        Optional.of(TestTools.tools().sling())),
                machine,
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

    @Test
    void aDebuggerIsNoNeedAndIsInstalledWhereModelsRun() throws Exception {
        Files.writeString(project.resolve("dbt_project.yml"), "name: p\nprofile: p\n");
        Path python = environment(project.resolve(".venv"));
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.keySet().removeAll(List.of("DVT_VENV", "VIRTUAL_ENV", "CONDA_PREFIX"));
        Finding tools = debugger(Optional.empty(), variables);
        assertThat(tools.status()).isEqualTo(Status.OK);
        assertThat(tools.detail()).startsWith("1.8.").contains(System.getenv("DVT_TOOLS_DIR"));

        Path none = Files.createDirectory(project.resolve("no-tools"));
        variables.put("DVT_TOOLS_DIR", none.toString());
        Finding missing = debugger(Optional.empty(), variables);
        assertThat(missing.status()).isEqualTo(Status.WARNING);
        assertThat(missing.area()).isEqualTo("tools");
        assertThat(missing.detail())
                .contains(none.toString(), python.toString())
                .contains("Run `dvt-ls env create`, or install debugpy", "Runs do without it.");
        assertThat(missing.fix()).contains(Fix.install("debugpy"));
        Path ofMachine =
                Interpreter.find(none, Optional.empty(), Machine.here(variables))
                        .orElseThrow()
                        .python();
        assertThat(debugger(Optional.of(ofMachine), variables).fix()).contains(Fix.CREATE);

        Path site = SitePackages.of(python, Machine.here(variables)).orElseThrow().folders().get(0);
        Files.createDirectories(site.resolve("debugpy/adapter"));
        Files.createFile(site.resolve("debugpy/adapter/__main__.py"));
        Finding own = debugger(Optional.empty(), variables);
        assertThat(own.status()).isEqualTo(Status.OK);
        assertThat(own.detail()).isEqualTo(site.resolve("debugpy").toString());
        Files.createDirectory(site.resolve("debugpy-1.8.9.dist-info"));
        assertThat(debugger(Optional.empty(), variables).detail()).startsWith("1.8.9, ");
    }

    private Finding debugger(Optional<Path> python, Map<String, String> variables)
            throws Exception {
        return named(examine(Optional.empty(), python, Machine.here(variables)), "debugpy");
    }

    private static Path environment(Path folder) throws Exception {
        Process made =
                new ProcessBuilder("python3", "-m", "venv", "--without-pip", folder.toString())
                        .inheritIO()
                        .start();
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return folder.resolve("bin/python");
    }
}
