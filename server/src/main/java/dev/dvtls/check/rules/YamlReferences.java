package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.project.PropertiesFile;
import dev.dvtls.project.PropertiesFile.Mention;
import dev.dvtls.project.PropertiesFile.Name;
import dev.dvtls.project.PropertiesFile.Role;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code to: ref('customers')} and the like in properties files: names that do not exist. Only a
 * value that is nothing but such a call counts; texts may speak of refs.
 */
public final class YamlReferences {
    private YamlReferences() {}

    public static List<Problem> check(Manifest manifest, PropertiesFile file) {
        return file.mentions().stream()
                .filter(mention -> mention.role() != Role.INSIDE)
                .flatMap(mention -> problem(manifest, file.file(), mention).stream())
                .toList();
    }

    private static Optional<Problem> problem(Manifest manifest, Path file, Mention mention) {
        Reference.Target target = Reference.Target.of(mention);
        if (!(manifest.resolve(target) instanceof Manifest.NotFound missing)) {
            return Optional.empty();
        }
        List<Name> names = mention.names();
        Name unknown = names.get(missing.sourceKnown() || !mention.source() ? names.size() - 1 : 0);
        String wrong = unknown.text();
        Span span = unknown.span();
        if (mention.role() == Role.UNIT_TEST) {
            return wrong.contains("{{")
                    ? Optional.empty()
                    : Optional.of(untested(manifest, file, wrong, span));
        }
        boolean otherwise = // in another package, or in another version
                target instanceof ModelTarget model
                        && manifest.resolve(ModelTarget.of(model.name())) instanceof Manifest.Found;
        List<String> nearest = otherwise ? List.of() : manifest.nearest(target);
        String what =
                otherwise
                        ? "model '"
                                + wrong
                                + (mention.version().isEmpty()
                                        ? "' is not in package '" + names.get(0).text() + "'"
                                        : "' has no version " + mention.version().get())
                        : !mention.source()
                                ? "no model, seed or snapshot is named '" + wrong + "'"
                                : missing.sourceKnown()
                                        ? "source '"
                                                + names.get(0).text()
                                                + "' has no table '"
                                                + wrong
                                                + "'"
                                        : "no source is named '" + wrong + "'";
        return Optional.of(
                Finding.of(
                                file,
                                mention.source() ? Code.DVT121 : Code.DVT120,
                                span,
                                (mention.source() ? "source" : "ref")
                                        + "() target not found: "
                                        + what
                                        + "."
                                        + References.didYouMean(nearest))
                        .help("Run dvt-ls list to see available models and sources.")
                        .replacements(span, nearest)
                        .problem());
    }

    private static Problem untested(Manifest manifest, Path file, String name, Span span) {
        List<String> nearest = manifest.nearest(ModelTarget.of(name));
        return Finding.of(
                        file,
                        Code.UNKNOWN_PROPERTIES,
                        span,
                        "No model is named '"
                                + name
                                + "': this unit test has nothing to test."
                                + References.didYouMean(nearest))
                .help("Correct the name, or remove the test.")
                .replacements(span, nearest)
                .problem();
    }
}
