package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Occurrence;
import dev.dvtls.manifest.Occurrence.Role;
import dev.dvtls.manifest.Reference;
import dev.dvtls.project.Project;
import dev.dvtls.text.LineIndex;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Why something cannot get another name, in a sentence.
 *
 * @param texts of files, as the editor or else the disk has them
 */
record RenameRefusals(Renaming renaming, Function<Path, Optional<String>> texts) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*");

    /** Plain words of YAML 1.1 that are no text. */
    private static final Set<String> YAML_WORDS =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    /** Windows opens a device instead of a file of these names. */
    private static final Pattern DEVICE = Pattern.compile("con|prn|aux|nul|(com|lpt)[1-9]");

    /** Whatever the new name is. */
    Optional<String> always() {
        return ofPackage().or(this::twice).or(this::unreadable).or(this::places);
    }

    private Optional<String> ofPackage() {
        return renaming.packageName().equals(renaming.manifest().project().name())
                ? Optional.empty()
                : Optional.of(
                        ("The %s '%s' belongs to the package '%s', whose files are not this"
                                        + " project's to change.")
                                .formatted(
                                        renaming.what(), renaming.name(), renaming.packageName()));
    }

    private Optional<String> twice() {
        for (List<Node> group : renaming.manifest().duplicates()) {
            if (group.stream().anyMatch(this::isRenamed)) {
                return Optional.of(
                        ("There are two nodes named '%s', in %s and in %s: which one a name"
                                        + " means is not clear.")
                                .formatted(
                                        renaming.name(),
                                        renaming.shown(group.get(0).file()),
                                        renaming.shown(group.get(1).file())));
            }
        }
        return Optional.empty();
    }

    private boolean isRenamed(Node node) {
        return renaming.nodes().stream().anyMatch(n -> n.uniqueId().equals(node.uniqueId()));
    }

    private Optional<String> unreadable() {
        return renaming.manifest().unreadable().stream()
                .findFirst()
                .map(
                        file ->
                                ("%s is not valid YAML: mend it first, or names in it"
                                                + " would be missed.")
                                        .formatted(renaming.shown(file)));
    }

    private Optional<String> places() {
        for (Occurrence place : renaming.places()) {
            if (!place.exact() && place.role() != Role.FILE) {
                return Optional.of(
                        ("%s puts the name '%s' together or escapes it: write it there as"
                                        + " one text first.")
                                .formatted(at(place), renaming.name()));
            }
            if (place.role() == Role.LITERAL && namesOthers(place)) {
                return Optional.of(
                        ("%s gives the name '%s' to another node too: write it there once"
                                        + " for each first.")
                                .formatted(at(place), renaming.name()));
            }
            for (Project installed : renaming.manifest().installed()) {
                if (place.file().startsWith(installed.root())) {
                    return Optional.of(
                            ("The package '%s' names '%s' too (%s), and its files are not this"
                                            + " project's to change.")
                                    .formatted(installed.name(), renaming.name(), at(place)));
                }
            }
        }
        return Optional.empty();
    }

    /** One text in a loop, read as a model and as a table. */
    private boolean namesOthers(Occurrence place) {
        return renaming.manifest().occurrencesIn(place.file()).stream()
                .anyMatch(o -> o.span().equals(place.span()) && !renaming.means(o.named()));
    }

    private String at(Occurrence place) {
        String line =
                texts.apply(place.file())
                        .map(text -> LineIndex.of(text).line(place.span().start()) + 1)
                        .map(number -> ", line " + number)
                        .orElse("");
        return renaming.shown(place.file()) + line;
    }

    /** Of this new name. */
    Optional<String> of(String newName) {
        if (!NAME.matcher(newName).matches()) {
            return Optional.of(
                    "'%s' cannot be a name: use letters, digits and underscores, no digit first."
                            .formatted(newName));
        }
        String lower = newName.toLowerCase(Locale.ROOT);
        boolean device = renaming.isFile() && DEVICE.matcher(lower).matches();
        boolean noModel = renaming.isFile() && newName.equals("__init__");
        if (device || noModel || YAML_WORDS.contains(lower) || lower.startsWith("__model__")) {
            return Optional.of(
                    "'%s' is reserved (%s): choose another name."
                            .formatted(
                                    newName,
                                    device
                                            ? "Windows has no such files"
                                            : noModel
                                                    ? "Python's own file"
                                                    : YAML_WORDS.contains(lower)
                                                            ? "a word of YAML"
                                                            : "the prefix of models in SQL"));
        }
        return taken(newName);
    }

    /** Databases and some file systems do not tell capitals from small letters. */
    private Optional<String> taken(String newName) {
        Manifest manifest = renaming.manifest();
        for (Node node : manifest.nodes()) {
            boolean same = named(node).equalsIgnoreCase(newName) && isRival(node);
            if (same && !isRenamed(node)) {
                return Optional.of(
                        "There is a %s '%s' already, in %s."
                                .formatted(
                                        renaming.isSource()
                                                ? "source"
                                                : renaming.isTable() ? "table" : node.kind().word(),
                                        named(node),
                                        renaming.shown(node.file())));
            }
        }
        boolean off =
                renaming.isFile()
                        && manifest.resolve(Reference.ModelTarget.of(newName))
                                instanceof Manifest.Disabled;
        return off
                ? Optional.of("There is a '%s' already, which is switched off.".formatted(newName))
                : Optional.empty();
    }

    private String named(Node node) {
        return renaming.isSource() ? node.sourceName().orElse("") : node.name();
    }

    private boolean isRival(Node node) {
        boolean source = node.kind() == Node.Kind.SOURCE;
        if (renaming.isTable()) {
            return source && node.sourceName().equals(renaming.nodes().get(0).sourceName());
        }
        return source == renaming.isSource();
    }
}
