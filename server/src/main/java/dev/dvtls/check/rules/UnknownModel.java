package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.Origin;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** DVT120: a ref that names no model, seed or snapshot. */
final class UnknownModel implements Rule {
    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (Reference reference : file.model().references()) {
            if (!(reference.target() instanceof ModelTarget target)
                    || References.isUnfinished(file, reference)
                    || isThereInSql(file, reference, target)) {
                continue;
            }
            Manifest.Resolution resolution = file.manifest().resolve(target);
            if (resolution instanceof Manifest.NotFound) {
                found.accept(notFound(file, reference, target).problem());
            } else if (resolution instanceof Manifest.Disabled disabled) {
                found.accept(disabled(file, reference, disabled).problem());
            }
        }
    }

    /** The model makes the table itself, or reads the node and writes it in other letters here. */
    private static boolean isThereInSql(CheckedFile file, Reference reference, ModelTarget target) {
        String table = "__model__" + target.name().toLowerCase(Locale.ROOT);
        return reference.origin() == Origin.SESSION_SQL
                && (file.python().stream().anyMatch(p -> p.madeTables().contains(table))
                        || file.model().references().stream()
                                .map(Reference::target)
                                .filter(t -> file.manifest().resolve(t) instanceof Manifest.Found)
                                .anyMatch(
                                        t ->
                                                t instanceof ModelTarget read
                                                        && read.name()
                                                                .equalsIgnoreCase(target.name())));
    }

    private static Finding notFound(CheckedFile file, Reference reference, ModelTarget target) {
        Span span = References.last(reference);
        if (target.name().isEmpty()) {
            return finding(file, reference, "ref() target not found: the name is empty.");
        }
        if (isWrongVersion(file, target)) {
            return finding(
                            file,
                            reference,
                            "ref() target not found: model '"
                                    + target.name()
                                    + "' has no version "
                                    + target.version().orElse("")
                                    + ".")
                    .help(
                            "Check the versions in its properties file, or leave v out to read the"
                                    + " latest one.");
        }
        List<String> nearest =
                isElsewhere(file, target)
                        ? List.of()
                        : file.manifest().nearest(target).stream()
                                .filter(
                                        name ->
                                                !name.equals(
                                                        file.name())) // that would be a self-ref
                                .toList();
        String message =
                "ref() target not found: " + missing(file, target) + References.didYouMean(nearest);
        Finding finding = finding(file, reference, message);
        finding = References.withReplacements(finding, file, span, target.name(), nearest);
        return nearest.isEmpty() ? asSource(finding, file, reference, target) : finding;
    }

    /** The name is right, the package before it is not. */
    private static boolean isElsewhere(CheckedFile file, ModelTarget target) {
        return target.packageName().isPresent()
                && file.manifest().resolve(ModelTarget.of(target.name())) instanceof Manifest.Found;
    }

    private static boolean isWrongVersion(CheckedFile file, ModelTarget target) {
        ModelTarget any = new ModelTarget(target.packageName(), target.name(), Optional.empty());
        return target.version().isPresent()
                && file.manifest().resolve(any) instanceof Manifest.Found;
    }

    private static String missing(CheckedFile file, ModelTarget target) {
        String name = "'" + target.name() + "'";
        if (target.packageName().isPresent()) {
            ModelTarget here = ModelTarget.of(target.name());
            String elsewhere =
                    file.manifest().resolve(here) instanceof Manifest.Found found
                            ? " Package '" + found.node().packageName() + "' has one."
                            : "";
            return "package '"
                    + target.packageName().get()
                    + "' has no model "
                    + name
                    + "."
                    + elsewhere;
        }
        return "no model, seed or snapshot is named " + name + ".";
    }

    /** Somebody who writes the name of a source's table wants {@code source()}. */
    private static Finding asSource(
            Finding finding, CheckedFile file, Reference reference, ModelTarget target) {
        if (reference.origin() != Origin.CALL) {
            return finding;
        }
        return file.manifest().nodes().stream()
                .filter(n -> n.kind() == Node.Kind.SOURCE && n.name().equals(target.name()))
                .findFirst()
                .map(n -> source(finding, file, reference, n))
                .orElse(finding);
    }

    private static Finding source(
            Finding finding, CheckedFile file, Reference reference, Node source) {
        String arguments =
                "source(\"" + source.sourceName().orElse("") + "\", \"" + source.name() + "\")";
        String call = (file.isPython() ? "dbt." : "") + arguments;
        Finding helped =
                finding.help(
                        "'"
                                + source.name()
                                + "' is a table of source '"
                                + source.sourceName().orElse("")
                                + "'. Read it with "
                                + call
                                + ".");
        String written = reference.span().of(file.text());
        int callee = written.indexOf("ref(");
        boolean plain = callee >= 0 && written.endsWith(")") && written.indexOf(',') < 0;
        return plain
                ? helped.fix(
                        "Change to " + call,
                        reference.span(),
                        written.substring(0, callee) + arguments)
                : helped;
    }

    private static Finding disabled(
            CheckedFile file, Reference reference, Manifest.Disabled disabled) {
        return finding(
                        file,
                        reference,
                        "ref() target not found: '" + disabled.name() + "' is disabled.")
                .help(
                        "Enable it (enabled: true in its config or the project file), or read"
                                + " another model.");
    }

    private static Finding finding(CheckedFile file, Reference reference, String message) {
        String where =
                reference.origin() == Origin.SESSION_SQL
                        ? "after __model__"
                        : file.isPython() ? "in dbt.ref()" : "in ref()";
        return Finding.of(file, Code.DVT120, shown(reference), message)
                .help(
                        "Check the model name "
                                + where
                                + ". Run dvt-ls list to see available models.");
    }

    private static Span shown(Reference reference) {
        Span name = References.last(reference);
        return name.length() > 0 ? name : reference.span();
    }
}
