package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Nearest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.project.PropertiesFile;
import dev.dvtls.project.PropertiesFile.Described;
import dev.dvtls.project.PropertiesFile.Section;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Entries of properties files: those that describe nothing, and several for one node. */
public final class PropertiesProblems {
    private static final Map<Section, Node.Kind> KINDS =
            Map.of(
                    Section.MODELS, Node.Kind.MODEL,
                    Section.SEEDS, Node.Kind.SEED,
                    Section.SNAPSHOTS, Node.Kind.SNAPSHOT);

    private PropertiesProblems() {}

    public static List<Problem> check(Manifest manifest, PropertiesFile file) {
        List<Problem> problems = new ArrayList<>();
        if (!file.readable()) {
            return problems; // told already; entries may not be what they seem
        }
        for (Described described : file.described()) {
            unknown(manifest, file, described).ifPresent(problems::add);
            duplicate(manifest, file, described).ifPresent(problems::add);
        }
        return problems;
    }

    private static Optional<Problem> unknown(
            Manifest manifest, PropertiesFile file, Described described) {
        String name = described.name().text();
        if (name.isBlank() || name.contains("{{")) {
            return Optional.empty();
        }
        List<Node> found = new ArrayList<>();
        for (Manifest.Resolution resolution : resolutions(manifest, described)) {
            if (resolution instanceof Manifest.Disabled) {
                return Optional.empty();
            } else if (resolution instanceof Manifest.Found one) {
                found.add(one.node());
            }
        }
        String word = word(described.section());
        if (found.isEmpty()) {
            return Optional.of(nothing(manifest, file, described, word));
        }
        Node node = found.get(0);
        return node.kind() == KINDS.get(described.section())
                ? Optional.empty()
                : Optional.of(
                        Finding.of(
                                        file.file(),
                                        Code.UNKNOWN_PROPERTIES,
                                        described.name().span(),
                                        "'"
                                                + name
                                                + "' is a "
                                                + node.kind().word()
                                                + ", not a "
                                                + word
                                                + ": this entry has no effect.")
                                .help("Move the entry below `" + node.kind().word() + "s:`.")
                                .related(
                                        node.file(),
                                        Span.NONE,
                                        "'" + name + "' is this " + node.kind().word())
                                .problem());
    }

    /** By its name; a model of several versions by each of them too. */
    private static List<Manifest.Resolution> resolutions(Manifest manifest, Described described) {
        Optional<String> own = Optional.of(manifest.project().name());
        String name = described.name().text();
        List<Manifest.Resolution> all = new ArrayList<>();
        all.add(manifest.resolve(new ModelTarget(own, name, Optional.empty())));
        described
                .versions()
                .forEach(
                        v ->
                                all.add(
                                        manifest.resolve(
                                                new ModelTarget(
                                                        own, name, Optional.of(v.version())))));
        return all;
    }

    private static Problem nothing(
            Manifest manifest, PropertiesFile file, Described described, String word) {
        String name = described.name().text();
        List<String> names =
                manifest.nodes().stream()
                        .filter(n -> n.kind() == KINDS.get(described.section()))
                        .filter(n -> n.packageName().equals(manifest.project().name()))
                        .map(Node::name)
                        .toList();
        List<String> nearest = Nearest.of(name, names);
        return Finding.of(
                        file.file(),
                        Code.UNKNOWN_PROPERTIES,
                        described.name().span(),
                        "No "
                                + word
                                + " of this project is named '"
                                + name
                                + "': this entry has no effect."
                                + References.didYouMean(nearest))
                .help("Correct the name, or remove the entry.")
                .replacements(described.name().span(), nearest)
                .problem();
    }

    private static Optional<Problem> duplicate(
            Manifest manifest, PropertiesFile file, Described described) {
        Finding finding =
                Finding.of(
                                file.file(),
                                Code.DUPLICATE_PROPERTIES,
                                described.name().span(),
                                "There is more than one entry for "
                                        + word(described.section())
                                        + " '"
                                        + described.name().text()
                                        + "'.")
                        .help("Put everything into one entry, and remove the others.");
        for (PropertiesFile other :
                manifest.describing(described.section(), described.name().text())) {
            for (Described same : other.described()) {
                if (same.section() == described.section()
                        && same.name().text().equals(described.name().text())
                        && !(other.file().equals(file.file())
                                && same.name().span().equals(described.name().span()))) {
                    finding =
                            finding.related(
                                    other.file(),
                                    same.name().span(),
                                    "'" + same.name().text() + "' has an entry here too");
                }
            }
        }
        return finding.problem().related().isEmpty()
                ? Optional.empty()
                : Optional.of(finding.problem());
    }

    private static String word(Section section) {
        String plural = section.name().toLowerCase(Locale.ROOT);
        return plural.substring(0, plural.length() - 1);
    }
}
