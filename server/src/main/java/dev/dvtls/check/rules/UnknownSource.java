package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.SessionTable;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** DVT121: a source or table that no properties file defines; also {@code source__table} in SQL. */
final class UnknownSource implements Rule {
    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (Reference reference : file.model().references()) {
            if (reference.target() instanceof SessionTable table) {
                misspelt(file, reference, table.name()).ifPresent(found);
                continue;
            }
            if (!(reference.target() instanceof SourceTarget target)
                    || References.isUnfinished(file, reference)) {
                continue;
            }
            Manifest.Resolution resolution = file.manifest().resolve(target);
            if (resolution instanceof Manifest.NotFound missing) {
                found.accept(notFound(file, reference, target, missing.sourceKnown()).problem());
            } else if (resolution instanceof Manifest.Disabled) {
                found.accept(disabled(file, reference, target).problem());
            }
        }
    }

    /** {@code ops__ordrs} in SQL: any table may be called so, but one is near to a source's. */
    private static Optional<Problem> misspelt(CheckedFile file, Reference reference, String name) {
        boolean known = file.manifest().resolve(reference.target()) instanceof Manifest.Found;
        boolean made =
                file.python().stream()
                        .anyMatch(p -> p.madeTables().contains(name.toLowerCase(Locale.ROOT)));
        for (int at = name.indexOf("__", 1); at > 0 && !known && !made; ) {
            SourceTarget target =
                    new SourceTarget(name.substring(0, at), name.substring(at + "__".length()));
            if (file.manifest().resolve(target) instanceof Manifest.NotFound missing
                    && missing.sourceKnown()
                    && !file.manifest().nearest(target).isEmpty()) {
                return Optional.of(
                        notFound(file, table(reference, target.table()), target, true)
                                .help("Check the table's name after " + target.source() + "__.")
                                .as(Severity.WARNING)
                                .problem());
            }
            at = name.indexOf("__", at + 1);
        }
        return Optional.empty();
    }

    /** The reference as one of the table alone: the end of its word. */
    private static Reference table(Reference reference, String table) {
        Span word = References.last(reference);
        Span name = new Span(Math.max(word.start(), word.end() - table.length()), word.end());
        return new Reference(
                reference.target(),
                reference.origin(),
                reference.span(),
                List.of(name),
                reference.written());
    }

    private static Finding notFound(
            CheckedFile file, Reference reference, SourceTarget target, boolean sourceKnown) {
        Span span = sourceKnown ? References.last(reference) : References.first(reference);
        String wrong = sourceKnown ? target.table() : target.source();
        List<String> nearest = file.manifest().nearest(target);
        String missing =
                wrong.isEmpty()
                        ? "the " + (sourceKnown ? "table" : "source") + " name is empty."
                        : sourceKnown
                                ? "source '"
                                        + target.source()
                                        + "' has no table '"
                                        + target.table()
                                        + "'."
                                : "no source is named '" + target.source() + "'.";
        Finding finding =
                Finding.of(
                                file,
                                Code.DVT121,
                                span.length() > 0 ? span : reference.span(),
                                "source() target not found: "
                                        + missing
                                        + References.didYouMean(nearest))
                        .help(help(file));
        return References.withReplacements(finding, file, span, wrong, nearest);
    }

    private static Finding disabled(CheckedFile file, Reference reference, SourceTarget target) {
        return Finding.of(
                        file,
                        Code.DVT121,
                        References.last(reference),
                        "source() target not found: '"
                                + target.source()
                                + "."
                                + target.table()
                                + "' is disabled.")
                .help("Enable it (enabled: true) where the source is defined.");
    }

    private static String help(CheckedFile file) {
        return "Check the source name and table in "
                + (file.isPython() ? "dbt.source()" : "source()")
                + ". Verify sources.yml.";
    }
}
