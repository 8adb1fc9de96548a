package dev.dvtls.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.testing.Cases;
import dev.dvtls.testing.Cases.Case;
import dev.dvtls.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we make of the models whose treatment by dbt is known; the fixtures hold both. */
class DbtCasesTest {
    private static final Pattern LOST =
            Pattern.compile(" lost-ref .* find (?:the ref to|the source) '(.*?)'");

    private static final String PROJECT =
            """
            //- dbt_project.yml
            name: cases
            profile: cases
            //- models/a.sql
            select 1 as id
            //- models/b.sql
            select 1 as id
            //- models/dis.sql
            {{ config(enabled=false) }} select 1 as id
            //- models/ver_v1.sql
            select 1 as id
            //- models/project.yml
            sources:
              - name: raw
                tables:
                  - name: orders
            models:
              - name: ver
                latest_version: 1
                versions:
                  - v: 1
            """;

    static Stream<Case> cases() {
        return Cases.in("dbt-cases").stream();
    }

    @Test
    void thereAreAHundred() {
        assertThat(cases()).hasSize(100);
        assertThat(cases().map(Case::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agrees(Case one) throws IOException {
        String found = found(Cases.decoded(Cases.before(one.body())));
        if (Boolean.getBoolean("fixtures.update")) {
            rewrite(one, found);
        }
        assertThat(found).isEqualTo(Cases.section(one.body(), "ours"));
    }

    /** lost-ref names exactly what dbt leaves out of the references that we read. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void saysWhatDbtLoses(Case one) {
        String dbt = Cases.section(one.body(), "dbt");
        String ours = Cases.section(one.body(), "ours");
        Set<String> lost = new TreeSet<>();
        Matcher said = LOST.matcher(ours);
        while (said.find()) {
            lost.add(said.group(1));
        }
        if (!dbt.startsWith("ok;") || dbt.contains("the node is absent")) {
            assertThat(lost).isEmpty(); // dbt refuses the project, or leaves the model out
            return;
        }
        Set<String> read = names(ours, "refs: ", "sources: ");
        read.removeAll(names(dbt, "refs ", "sources "));
        assertThat(lost).isEqualTo(read);
    }

    private static Set<String> names(String text, String... heads) {
        Set<String> names = new TreeSet<>();
        for (String head : heads) {
            Matcher list = Pattern.compile(Pattern.quote(head) + "([^;\\n]*)").matcher(text);
            if (list.find() && !list.group(1).equals("none")) {
                for (String name : list.group(1).split(", ")) {
                    names.add(name.replaceFirst("@.*", ""));
                }
            }
        }
        return names;
    }

    private static String found(String source) {
        String files = source.startsWith("//- ") ? source : "//- models/case.py\n" + source;
        Workspace workspace = Workspace.of(PROJECT + files);
        ProjectManifest manifest = workspace.manifest();
        Path file = workspace.path("models/case.py");
        String read = manifest.file(file).map(DbtCasesTest::read).orElse("no model\n");
        return read + problems(workspace, manifest, file);
    }

    private static String read(ModelFile file) {
        return "refs: "
                + Shown.references(file, false)
                + "\nsources: "
                + Shown.references(file, true)
                + "\nconfig: "
                + Shown.config(file)
                + "\n";
    }

    private static String problems(Workspace workspace, ProjectManifest manifest, Path file) {
        List<Problem> all = Checker.checkAll(manifest, f -> java.util.Optional.empty());
        return all.stream()
                .map(
                        p -> {
                            String path = workspace.root().relativize(p.file()).toString();
                            String at = p.file().equals(file) ? "" : path + ": ";
                            return at + Shown.problem(p, workspace.text(path)) + "\n";
                        })
                .collect(Collectors.joining());
    }

    private static synchronized void rewrite(Case one, String found) throws IOException {
        Path file = Cases.folder("dbt-cases").resolve(one.file());
        String text = Files.readString(file);
        String head = "=== " + one.name() + "\n" + one.body();
        String ours = "--- ours\n";
        String kept = head.substring(0, head.indexOf(ours) + ours.length());
        Files.writeString(file, text.replace(head, kept + found));
    }
}
