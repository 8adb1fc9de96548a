package dev.dvtls.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.testing.Cases;
import dev.dvtls.testing.Cases.Case;
import dev.dvtls.testing.Workspace;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The text that the fixes of a rule leave, letter by letter; the rule's code begins the name. */
class FixTextsTest {
    private static final int MOST = 10;

    static Stream<Arguments> fixes() {
        return Cases.in("fixes").stream()
                .flatMap(one -> Stream.of("\n", "\r\n").map(end -> arguments(one, end)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixes")
    void leave(Case one, String end) {
        String code = one.name().split(" ")[0];
        String after = Cases.section(one.body(), "after").stripTrailing() + "\n";
        Workspace workspace = Workspace.of(Cases.before(one.body()));
        Path file = workspace.path("models/m.py");
        ProjectManifest manifest = workspace.manifest();
        String text = workspace.text("models/m.py").replace("\n", end);
        for (int i = 0; i < MOST; i++) {
            Optional<Fix> fix =
                    Checker.check(manifest.withText(file, text), file).stream()
                            .filter(p -> p.code().id().equals(code))
                            .flatMap(p -> p.fixes().stream())
                            .findFirst();
            text = fix.isPresent() ? fix.get().applied(text) : text;
        }
        assertThat(text).isEqualTo(after.replace("\n", end));
    }
}
