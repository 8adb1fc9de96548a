package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.project.YamlNode;
import dev.dvtls.project.YamlText;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code to: ref('customers')} and the like in properties files: names that do not exist. Only a
 * value that is nothing but such a call counts; texts may speak of refs.
 */
public final class YamlReferences {
    private static final String NAME = "\\s*(?:''|['\"])([^'\"]*)(?:''|['\"])\\s*";
    private static final Pattern CALL =
            Pattern.compile(
                    "(?:\\{\\{-?\\s*)?(ref|source)\\("
                            + NAME
                            + "(?:,"
                            + NAME
                            + ")?(?:,\\s*v(?:ersion)?\\s*=\\s*['\"]?(\\w+)['\"]?\\s*)?\\)"
                            + "(?:\\s*-?\\}\\})?");

    private YamlReferences() {}

    public static List<Problem> check(Manifest manifest, Path file, String text) {
        List<Problem> problems = new ArrayList<>();
        boolean tests = text.contains("unit_tests");
        if (tests || text.contains("ref(") || text.contains("source(")) {
            Optional<YamlNode> all = YamlText.read(file, text).root();
            all.ifPresent(root -> walk(manifest, file, text, root, problems));
            all.flatMap(root -> root.at("unit_tests"))
                    .ifPresent(list -> unitTests(manifest, file, text, list, problems));
        }
        return problems;
    }

    private static void unitTests(
            Manifest manifest, Path file, String text, YamlNode list, List<Problem> problems) {
        if (list instanceof YamlNode.Sequence tests) {
            for (YamlNode test : tests.items()) {
                if (test.at("model").orElse(test) instanceof YamlNode.Scalar model
                        && model.isPresent()
                        && !model.text().contains("{{")
                        && manifest.resolve(ModelTarget.of(model.text()))
                                instanceof Manifest.NotFound) {
                    problems.add(untested(manifest, file, model.text(), model.content(text)));
                }
            }
        }
    }

    private static Problem untested(Manifest manifest, Path file, String name, Span span) {
        List<String> nearest = manifest.nearest(ModelTarget.of(name));
        Finding finding =
                Finding.of(
                                file,
                                Code.UNKNOWN_PROPERTIES,
                                span,
                                "No model is named '"
                                        + name
                                        + "': this unit test has nothing to test."
                                        + References.didYouMean(nearest))
                        .help("Correct the name, or remove the test.");
        return replacing(finding, span, nearest);
    }

    private static Problem replacing(Finding finding, Span span, List<String> names) {
        Finding result = finding;
        for (String name : names) {
            result = result.fix("Replace with '" + name + "'", span, name);
        }
        return result.problem();
    }

    private static void walk(
            Manifest manifest, Path file, String text, YamlNode node, List<Problem> problems) {
        if (node instanceof YamlNode.Mapping mapping) {
            mapping.entries().forEach(e -> walk(manifest, file, text, e.value(), problems));
        } else if (node instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(item -> walk(manifest, file, text, item, problems));
        } else {
            Matcher call = CALL.matcher(text).region(node.span().start(), node.span().end());
            String quote = node.span().length() > 0 ? text.substring(node.span().start()) : "";
            if (quote.startsWith("\"") || quote.startsWith("'")) {
                call.region(
                        node.span().start() + 1,
                        Math.max(node.span().start() + 1, node.span().end() - 1));
            }
            if (call.matches()) {
                found(manifest, file, call).ifPresent(problems::add);
            }
        }
    }

    private static Optional<Problem> found(Manifest manifest, Path file, Matcher call) {
        boolean two = call.group(3) != null;
        boolean isRef = call.group(1).equals("ref");
        if (!isRef && !two) {
            return Optional.empty();
        }
        Reference.Target target =
                isRef
                        ? new ModelTarget(
                                two ? Optional.of(call.group(2)) : Optional.empty(),
                                two ? call.group(3) : call.group(2),
                                Optional.ofNullable(call.group(4)))
                        : new SourceTarget(call.group(2), call.group(3));
        if (!(manifest.resolve(target) instanceof Manifest.NotFound missing)) {
            return Optional.empty();
        }
        int group = isRef ? (two ? 3 : 2) : (missing.sourceKnown() ? 3 : 2);
        String wrong = call.group(group);
        Span span = new Span(call.start(group), call.end(group));
        boolean otherwise = // in another package, or in another version
                target instanceof ModelTarget model
                        && manifest.resolve(ModelTarget.of(model.name())) instanceof Manifest.Found;
        List<String> nearest = otherwise ? List.of() : manifest.nearest(target);
        String what =
                otherwise
                        ? "model '"
                                + wrong
                                + (call.group(4) == null
                                        ? "' is not in package '" + call.group(2) + "'"
                                        : "' has no version " + call.group(4))
                        : isRef
                                ? "no model, seed or snapshot is named '" + wrong + "'"
                                : missing.sourceKnown()
                                        ? "source '"
                                                + call.group(2)
                                                + "' has no table '"
                                                + wrong
                                                + "'"
                                        : "no source is named '" + wrong + "'";
        Finding finding =
                Finding.of(
                                file,
                                isRef ? Code.DVT120 : Code.DVT121,
                                span,
                                call.group(1)
                                        + "() target not found: "
                                        + what
                                        + "."
                                        + References.didYouMean(nearest))
                        .help("Run dvt-ls list to see available models and sources.");
        return Optional.of(replacing(finding, span, nearest));
    }
}
