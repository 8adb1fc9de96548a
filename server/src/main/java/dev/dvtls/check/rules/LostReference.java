package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.manifest.Reference.Target;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** lost-ref: a reference that dbt's own reading of the file passes over. */
final class LostReference implements Rule {
    private static final Pattern LITERAL_CALL =
            Pattern.compile(
                    "dbt\\.(?:ref|source)\\(\\s*(?:(?:\\w+\\s*=\\s*)?(?:\"[^\"\\\\\\n"
                            + "]*\"|'[^'\\\\\\n"
                            + "]*'|\\d+)\\s*,?\\s*)+\\)");

    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (PythonModel python : file.python()) {
            if (python.lostCalls().isEmpty() || !file.model().problems().isEmpty()) {
                continue;
            }
            Set<Target> kept =
                    file.model().references().stream()
                            .filter(r -> r.origin() == Reference.Origin.CALL)
                            .filter(r -> !python.lostCalls().contains(r.span()))
                            .map(Reference::target)
                            .collect(Collectors.toSet());
            file.model().references().stream()
                    .filter(r -> python.lostCalls().contains(r.span()))
                    .filter(r -> !kept.contains(r.target()))
                    // What leads nowhere is said to; there is no upstream to be missing.
                    .filter(r -> file.manifest().resolve(r.target()) instanceof Manifest.Found)
                    .map(r -> lost(file, python, r).problem())
                    .forEach(found);
        }
    }

    private static Finding lost(CheckedFile file, PythonModel python, Reference reference) {
        Finding finding =
                Finding.of(
                                file,
                                Code.LOST_REF,
                                References.last(reference),
                                "dbt's own command line does not find "
                                        + shown(reference.target())
                                        + " in this place: the upstream would be missing from its"
                                        + " DAG.")
                        .help(
                                "dvt-ls runs it as it stands. For dbt as well, call it in an"
                                        + " assignment of its own.");
        return fix(file, python, reference).map(finding::fix).orElse(finding);
    }

    private static String shown(Target target) {
        if (target instanceof ModelTarget model) {
            return "the ref to '" + model.name() + "'";
        }
        return target instanceof SourceTarget source
                ? "the source '" + source.source() + "." + source.table() + "'"
                : "this reference";
    }

    /** Only for a call of literals by its own name: it means the same anywhere. */
    private static Optional<Fix> fix(CheckedFile file, PythonModel python, Reference reference) {
        Span call = reference.span();
        String written = call.of(file.text());
        if (!LITERAL_CALL.matcher(written).matches()) {
            return Optional.empty();
        }
        Optional<Integer> before =
                Statements.before(python.parsed().module(), file.text(), call.start());
        Optional<String> name = name(file.text(), reference.target());
        if (before.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        int at = before.get();
        String newline = file.text().contains("\r\n") ? "\r\n" : "\n";
        String indent = Statements.indent(file.text(), at);
        return Optional.of(
                new Fix(
                        "Move " + written.replaceAll("\\s+", " ") + " to its own assignment",
                        List.of(
                                new Fix.Edit(
                                        new Span(at, at),
                                        name.get() + " = " + written + newline + indent),
                                new Fix.Edit(call, name.get()))));
    }

    /** A name that the file does not use yet. */
    private static Optional<String> name(String text, Target target) {
        String plain =
                (target instanceof ModelTarget model
                                ? model.name()
                                : target instanceof SourceTarget source ? source.table() : "")
                        .replaceAll("\\W", "_");
        if (!plain.matches("[A-Za-z_]\\w*")) {
            return Optional.empty();
        }
        return Stream.concat(
                        Stream.of(plain, plain + "_relation"),
                        IntStream.range(2, 9).mapToObj(i -> plain + "_relation" + i))
                .filter(
                        name ->
                                !Pattern.compile("(?<!['\"\\w])" + name + "(?!['\"\\w])")
                                        .matcher(text)
                                        .find())
                .filter(name -> !Set.of("class", "def", "import", "from", "pass").contains(name))
                .findFirst();
    }
}
