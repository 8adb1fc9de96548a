package dev.dvtls.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dvtls.cli.DevCommand;
import dev.dvtls.python.Interpreters.Interpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we see in real files is what CPython's own parser sees, file by file. */
class CPythonComparisonTest {

    @Test
    void aSampleOfTheStandardLibraryIsTheSame() throws IOException {
        Interpreter interpreter = Interpreters.first();
        List<Path> all = Interpreters.files(interpreter.library());
        List<Path> sample = new ArrayList<>();
        for (int i = 0; i < all.size(); i += 7) {
            sample.add(all.get(i));
        }
        compare(interpreter, sample, 80);
    }

    /** Models that a rule must not speak about are Python, and we read them as Python does. */
    @Test
    void theModelsOfEveryStyleAreTheSame() throws IOException {
        Interpreter interpreter = Interpreters.first();
        boolean knowsAll = !interpreter.version().before(PythonVersion.of("3.12").orElseThrow());
        List<Path> models =
                Interpreters.files(Path.of("../test-workspaces/styles")).stream()
                        .filter(f -> knowsAll || !f.toString().contains("python312"))
                        .toList();
        assertThat(Interpreters.dump(interpreter, models).values())
                .doesNotContain(List.of("SYNTAX ERROR"));
        compare(interpreter, models, 125);
    }

    @Tag("heavy")
    @ParameterizedTest
    @MethodSource("interpreters")
    void theWholeStandardLibraryIsTheSame(Interpreter interpreter) throws IOException {
        compare(interpreter, Interpreters.files(interpreter.library()), 500);
    }

    static Stream<Interpreter> interpreters() {
        return Interpreters.all().stream();
    }

    @Tag("heavy")
    @Test
    void pandasIsTheSame() throws IOException {
        Optional<Interpreter> having =
                Interpreters.all().stream().filter(i -> i.pandas().isPresent()).findFirst();
        assumeTrue(having.isPresent(), "No interpreter here has pandas");
        compare(having.get(), Interpreters.files(having.get().pandas().orElseThrow()), 500);
    }

    @Test
    void smallPiecesAreTheSame(@TempDir Path folder) throws IOException {
        smallPiecesAreTheSameForEveryVersion(Interpreters.first(), folder);
    }

    @Tag("heavy")
    @ParameterizedTest
    @MethodSource("snippets")
    void smallPiecesAreTheSameForEveryVersion(Interpreter interpreter, @TempDir Path folder)
            throws IOException {
        List<Path> files = new ArrayList<>();
        for (Snippets.Snippet snippet : Snippets.all()) {
            Path file = folder.resolve("snippet%04d.py".formatted(files.size()));
            files.add(Files.writeString(file, snippet.text(), StandardCharsets.UTF_8));
        }
        compare(interpreter, files, 500);
    }

    /** From 3.9 on: what models may run on. */
    static Stream<Interpreter> snippets() {
        return Interpreters.all().stream().filter(i -> !i.version().before(PythonVersion.V3_9));
    }

    private static void compare(Interpreter interpreter, List<Path> files, int atLeast)
            throws IOException {
        assertThat(files).hasSizeGreaterThanOrEqualTo(atLeast);
        Map<String, List<String>> theirs = Interpreters.dump(interpreter, files);
        List<String> different = new ArrayList<>();
        for (Path file : files) {
            List<String> their = theirs.getOrDefault(file.toString(), List.of("NOT DUMPED"));
            List<String> our = DevCommand.dump(Files.readAllBytes(file), interpreter.version());
            if (!our.equals(their)) {
                different.add(file + "\n" + firstDifference(their, our));
            }
        }
        assertThat(different).as("files that differ from %s", interpreter).isEmpty();
    }

    private static String firstDifference(List<String> theirs, List<String> ours) {
        for (int i = 0; i < Math.max(theirs.size(), ours.size()); i++) {
            String their = i < theirs.size() ? theirs.get(i) : "(end)";
            String our = i < ours.size() ? ours.get(i) : "(end)";
            if (!their.equals(our)) {
                return "  CPython: " + their + "\n  ours:    " + our;
            }
        }
        return "";
    }
}
