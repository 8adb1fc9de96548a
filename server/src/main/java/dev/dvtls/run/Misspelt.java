package dev.dvtls.run;

import dev.dvtls.check.Checker;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.check.rules.ConfigKeys;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.ModelFile.ConfigEntry;
import dev.dvtls.manifest.Nearest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What was written and has no effect, perhaps by mistake: never ignored in silence. */
final class Misspelt {
    /** Without them an incremental model would replace its table, or add rows twice. */
    private static final Set<String> KEEPS_HISTORY =
            Set.of("materialized", "unique_key", "incremental_strategy");

    private Misspelt() {}

    /** A typo that could lose the history of a table ends the model before anything is done. */
    static void refuse(Manifest manifest, Node node) throws ModelFailure {
        for (Map.Entry<String, String> wrong : keys(node).entrySet()) {
            if (KEEPS_HISTORY.contains(wrong.getValue())) {
                ModelFailure failure =
                        ModelFailure.of(
                                "unknown-config",
                                sentence(node, wrong)
                                        + " Nothing was built: without it the model could replace"
                                        + " its table, and the history in it.");
                Optional<ModelFile> file = manifest.file(node.file());
                Optional<Span> written = file.flatMap(f -> written(f, wrong.getKey()));
                throw file.isPresent() && written.isPresent()
                        ? new ModelFailure(Blame.at(failure.failure(), file.get(), written.get()))
                        : failure;
            }
        }
    }

    /** A sentence for each doubt about a model that {@code check} has, with its place. */
    static List<String> of(Manifest manifest, Node node) {
        List<String> doubts = new ArrayList<>();
        Optional<ModelFile> file = manifest.file(node.file());
        if (file.isPresent()) {
            for (Problem problem : Checker.check(manifest, node.file())) {
                if (problem.severity() == Severity.WARNING) {
                    String place =
                            place(manifest, problem.file(), file.get().text(), problem.span());
                    doubts.add((place + problem.message() + " " + problem.help()).strip());
                }
            }
        }
        for (Map.Entry<String, String> wrong : keys(node).entrySet()) {
            boolean told =
                    node.isPython() && file.flatMap(f -> written(f, wrong.getKey())).isPresent();
            if (!told && !ConfigWarnings.IGNORED.contains(wrong.getKey())) {
                doubts.add(sentence(node, wrong));
            }
        }
        return doubts;
    }

    /** A sentence for each entry of properties that no model has. */
    static List<String> entries(ProjectManifest manifest) {
        List<String> names =
                manifest.nodes().stream()
                        .filter(node -> node.kind() == Node.Kind.MODEL)
                        .map(Node::name)
                        .toList();
        return manifest.unclaimed().stream()
                .map(
                        unclaimed -> {
                            String name = unclaimed.entry().name().text();
                            Span span = unclaimed.entry().name().span();
                            return place(manifest, unclaimed.file(), text(unclaimed.file()), span)
                                    + "There is no model '"
                                    + name
                                    + "': what is written for it has no effect."
                                    + Nearest.of(name, names).stream()
                                            .findFirst()
                                            .map(near -> " Did you mean '" + near + "'?")
                                            .orElse("");
                        })
                .toList();
    }

    /** Keys of the config that are nearly known ones, and those. */
    private static Map<String, String> keys(Node node) {
        Map<String, String> wrong = new TreeMap<>();
        if (node.kind() == Node.Kind.MODEL) {
            for (String key : node.config().keySet()) {
                ConfigKeys.nearest(key).ifPresent(known -> wrong.put(key, known));
            }
        }
        return wrong;
    }

    private static String sentence(Node node, Map.Entry<String, String> wrong) {
        return "The config '"
                + wrong.getKey()
                + "' of '"
                + node.name()
                + "' is not known and has no effect. Did you mean '"
                + wrong.getValue()
                + "'? Rename it, or put keys of your own under 'meta'.";
    }

    /** Where the file itself has a key. */
    private static Optional<Span> written(ModelFile file, String key) {
        return file.config().stream()
                .filter(entry -> entry.key().equals(key))
                .map(ConfigEntry::keySpan)
                .filter(span -> span.end() > span.start())
                .findFirst();
    }

    /** {@code models/m.py:2:16: } */
    private static String place(Manifest manifest, Path file, String text, Span span) {
        LineIndex.Position at =
                LineIndex.of(text).position(span.start(), LineIndex.Encoding.UTF_32);
        Path root = manifest.project().root();
        return (file.startsWith(root) ? root.relativize(file) : file)
                + ":"
                + (at.line() + 1)
                + ":"
                + (at.column() + 1)
                + ": ";
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // gone meanwhile: the first line is named
        }
    }
}
