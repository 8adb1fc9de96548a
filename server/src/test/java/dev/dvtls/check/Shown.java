package dev.dvtls.check;

import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.SessionTable;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.LineIndex.Encoding;
import dev.dvtls.text.LineIndex.Position;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was read and found, as fixtures write it. */
final class Shown {
    private Shown() {}

    static String target(Reference.Target target) {
        if (target instanceof ModelTarget model) {
            return model.packageName().map(p -> p + ".").orElse("")
                    + model.name()
                    + model.version().map(v -> "@v" + v).orElse("");
        }
        if (target instanceof SourceTarget source) {
            return source.source() + "." + source.table();
        }
        return ((SessionTable) target).name();
    }

    static String references(ModelFile file, boolean sources) {
        List<String> all =
                file.references().stream()
                        .map(Reference::target)
                        .filter(t -> sources != (t instanceof ModelTarget))
                        .map(Shown::target)
                        .distinct()
                        .toList();
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    static String config(ModelFile file) {
        String all =
                file.declarations().config().entrySet().stream()
                        .map(e -> e.getKey() + "=" + value(e.getValue()))
                        .sorted()
                        .collect(Collectors.joining(", "));
        return all.isEmpty() ? "none" : all;
    }

    private static String value(Optional<Object> value) {
        return value.map(String::valueOf).orElse("?");
    }

    /** {@code 2:21-2:35 error DVT120 message}, lines and columns from 1, in code points. */
    static String problem(Problem problem, String text) {
        LineIndex lines = LineIndex.of(text);
        return place(problem.span().start(), lines)
                + "-"
                + place(problem.span().end(), lines)
                + " "
                + problem.severity().name().toLowerCase(Locale.ROOT)
                + " "
                + problem.code().id()
                + " "
                + problem.message();
    }

    private static String place(int offset, LineIndex lines) {
        Position position = lines.position(offset, Encoding.UTF_32);
        return (position.line() + 1) + ":" + (position.column() + 1);
    }
}
