package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.function.Consumer;

/** DVT121: a source or table that no properties file defines. */
final class UnknownSource implements Rule {
    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (Reference reference : file.model().references()) {
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
