package dev.dvtls.check;

import dev.dvtls.project.SettingsFile;
import dev.dvtls.project.SettingsFile.Entry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How severe a project wants each rule to be.
 *
 * @param wanted for the rules that it speaks of
 */
public record RuleSettings(Map<Code, Level> wanted) {

    /**
     * What may stand behind a code.
     *
     * @param severity empty: off
     */
    public record Level(String word, Optional<Severity> severity) {
        static final List<Level> ALL =
                Stream.concat(
                                Stream.of(new Level("off", Optional.empty())),
                                Stream.of(Severity.values())
                                        .map(
                                                s ->
                                                        new Level(
                                                                s.name().toLowerCase(Locale.ROOT),
                                                                Optional.of(s))))
                        .toList();

        static Optional<Level> of(String word) {
            return ALL.stream().filter(level -> level.word.equals(word)).findFirst();
        }
    }

    public static RuleSettings of(SettingsFile file) {
        Map<Code, Level> wanted = new EnumMap<>(Code.class);
        for (Entry entry : file.rules()) {
            Optional<Code> code = Code.of(entry.key());
            Optional<Level> level = entry.value().flatMap(Level::of);
            if (code.isPresent() && level.isPresent()) {
                wanted.put(code.get(), level.get());
            }
        }
        return new RuleSettings(wanted);
    }

    static List<String> words() {
        return Level.ALL.stream().map(Level::word).toList();
    }

    /** Without problems of rules that are off, the others as severe as the project says. */
    List<Problem> applied(List<Problem> problems) {
        return wanted.isEmpty()
                ? problems
                : problems.stream().flatMap(p -> applied(p).stream()).toList();
    }

    private Optional<Problem> applied(Problem problem) {
        Level level = wanted.get(problem.code());
        return level == null ? Optional.of(problem) : level.severity().map(problem::as);
    }
}
