package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.project.Project;
import dev.dvtls.project.YamlKeys;
import dev.dvtls.project.YamlKeys.Of;
import dev.dvtls.project.YamlKeys.Section;
import dev.dvtls.project.YamlKeys.Shape;
import dev.dvtls.project.YamlKeys.Value;
import dev.dvtls.project.YamlKeys.What;
import dev.dvtls.project.YamlKeys.Words;
import dev.dvtls.project.YamlNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** What to offer at a cursor in properties files and in the project file. */
final class YamlCompletion {
    private final Manifest manifest;
    private final Known known;
    private final Path file;
    private final String text;
    private final int offset;
    private final YamlCursor cursor;

    private YamlCompletion(
            Manifest manifest, Known known, Path file, String text, int offset, YamlCursor cursor) {
        this.manifest = manifest;
        this.known = known;
        this.file = file;
        this.text = text;
        this.offset = offset;
        this.cursor = cursor;
    }

    static Offer at(Manifest manifest, Known known, Path file, String text, int offset) {
        Optional<String> root = root(manifest, file);
        Optional<YamlCursor> cursor =
                root.isEmpty() ? Optional.empty() : YamlCursor.at(text, offset);
        return cursor.map(
                        at ->
                                new YamlCompletion(manifest, known, file, text, offset, at)
                                        .offer(root.get()))
                .orElse(Offer.NOTHING);
    }

    /** Which keys the file begins with; empty for YAML that is none of the project's. */
    static Optional<String> root(Manifest manifest, Path file) {
        Project project = manifest.project();
        if (file.equals(project.file())) {
            return Optional.of(YamlKeys.PROJECT);
        }
        boolean ofMacros =
                project.macroPaths().stream()
                        .anyMatch(p -> file.startsWith(project.root().resolve(p).normalize()));
        return ofMacros || manifest.properties(file).isPresent()
                ? Optional.of(YamlKeys.PROPERTIES)
                : Optional.empty();
    }

    private Offer offer(String root) {
        Optional<Offer> call = inCall();
        if (call.isPresent()) {
            return call.get();
        }
        String typed = text.substring(cursor.content().start(), offset);
        if (cursor.isBlockText(text) || !typed.matches("|.*[^:]")) { // over lines, or a key's end
            return Offer.NOTHING;
        }
        Value value = YamlKeys.under(root, cursor.keys());
        if (value instanceof Section section) {
            return isPlaceOfKeys(section) ? Offer.of(keys(section)) : Offer.NOTHING;
        } else if (cursor.isKey()) {
            return Offer.NOTHING;
        } else if (value instanceof Words words) {
            return written(new Offer(new YamlNames(names()).words(words.all()), false));
        }
        return value instanceof Of of && !isUnlisted(of)
                ? written(new YamlNames(names()).of(of.what()))
                : Offer.NOTHING;
    }

    private YamlNames.Place names() {
        return new YamlNames.Place(manifest, known, file, text, offset, cursor, range());
    }

    /** In the brackets of a {@code ref()} or the like. */
    private Optional<Offer> inCall() {
        int start = cursor.content().start();
        if (cursor.isKey() || start > offset) {
            return Optional.empty();
        }
        String inside = text.substring(start, offset);
        OptionalInt jinja = JinjaRegion.codeStart(inside, inside.length());
        if (jinja.isEmpty() && !inside.matches("(?s)\\s*(ref|source)\\s*\\(.*")) {
            return Optional.empty();
        }
        String quote = cursor.quote(text).filter(q -> q == '\'').isPresent() ? "\"" : "'";
        return Optional.of(
                Completion.inYaml(
                        manifest, known, file, text, start + jinja.orElse(0), offset, quote));
    }

    private boolean isPlaceOfKeys(Section section) {
        return cursor.isKey()
                || (cursor.isItem() && section.shape() == Shape.LIST)
                || (!cursor.isItem() && cursor.beginsItsLine(text));
    }

    private List<Suggestion> keys(Section section) {
        Set<String> used =
                cursor.isKey()
                        ? cursor.mapping().stream()
                                .flatMap(m -> m.entries().stream())
                                .map(YamlNode.Entry::key)
                                .filter(key -> !key.equals(cursor.word()))
                                .map(YamlNode.Scalar::text)
                                .collect(Collectors.toSet())
                        : Set.of();
        boolean bare = !cursor.isKey() && section.shape() == Shape.LIST;
        return new YamlKeyOffers(
                        range(),
                        used,
                        bare && cursor.beginsItsLine(text) ? "- " : "",
                        bare,
                        text.startsWith(":", range().range().replace().end()))
                .of(section, manifest, cursor.keys());
    }

    /** {@code depends_on} wants a list: behind its colon there is none yet. */
    private boolean isUnlisted(Of of) {
        return of.what() == What.REFS
                && !cursor.isItem()
                && !cursor.beginsItsLine(text)
                && isList(cursor.keys());
    }

    private static boolean isList(List<String> keys) {
        return !keys.isEmpty() && Set.of("depends_on", "tags").contains(keys.get(keys.size() - 1));
    }

    /** The whole value at the cursor. */
    private Replacement range() {
        int end = offset;
        while (end < cursor.content().end() && "\r\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return Replacement.ofLine(cursor.content().start(), offset, end);
    }

    /** As YAML wants them: in quotes where they would mean something else, with a dash. */
    private Offer written(Offer offer) {
        boolean quoted = cursor.quote(text).isPresent();
        boolean flow = cursor.inFlow(text);
        String dash =
                cursor.beginsItsLine(text) && (cursor.isItem() || isList(cursor.keys()))
                        ? "- "
                        : "";
        return new Offer(
                offer.items().stream()
                        .map(
                                s ->
                                        s.withText(
                                                dash
                                                        + (quoted
                                                                ? s.newText()
                                                                : YamlWords.written(
                                                                        s.newText(), flow))))
                        .toList(),
                offer.incomplete());
    }
}
