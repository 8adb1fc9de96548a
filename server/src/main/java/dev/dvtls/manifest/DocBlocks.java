package dev.dvtls.manifest;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * dbt's doc blocks: texts of Markdown files, which descriptions name as {@code {{ doc('x') }}}.
 * Pure.
 */
final class DocBlocks {
    private static final Pattern BLOCK =
            Pattern.compile(
                    "\\{%-?\\s*docs\\s+([A-Za-z_]\\w*)\\s*-?%\\}(.*?)\\{%-?\\s*enddocs\\s*-?%\\}",
                    Pattern.DOTALL);

    private static final String NAME = "\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*";

    private static final Pattern CALL =
            Pattern.compile("\\{\\{-?\\s*doc\\(" + NAME + "(?:," + NAME + ")?\\)\\s*-?\\}\\}");

    private DocBlocks() {}

    /** The blocks of a file by name; of two of one name the first. */
    static Map<String, String> read(String text) {
        Map<String, String> blocks = new LinkedHashMap<>();
        BLOCK.matcher(text)
                .results()
                .forEach(block -> blocks.putIfAbsent(block.group(1), block.group(2).strip()));
        return java.util.Collections.unmodifiableMap(blocks);
    }

    /**
     * @param block a package, where the call names one, and a name; what is not found stays a call
     */
    static String resolve(
            String description, BiFunction<Optional<String>, String, Optional<String>> block) {
        if (!description.contains("doc(")) {
            return description;
        }
        return CALL.matcher(description)
                .replaceAll(
                        call -> {
                            Optional<String> first = either(call, 1);
                            Optional<String> second = either(call, 3);
                            return Matcher.quoteReplacement(
                                    block.apply(
                                                    second.isPresent() ? first : Optional.empty(),
                                                    second.or(() -> first).orElse(""))
                                            .orElse(call.group()));
                        });
    }

    private static Optional<String> either(MatchResult call, int group) {
        return Optional.ofNullable(call.group(group))
                .or(() -> Optional.ofNullable(call.group(group + 1)));
    }

    /** As dbt looks: in the package itself, in the project, then anywhere. */
    static Optional<String> find(
            Indexes indexes, Packages packages, String packageName, String name) {
        String project = packages.root().project().name();
        return indexes.provides().get(Keys.doc(name)).stream()
                .filter(file -> indexes.sources().get(file) instanceof SourceFile.Docs)
                .min(
                        Comparator.comparing(
                                file -> {
                                    String of = packages.nameOf(file);
                                    return of.equals(packageName) ? 0 : of.equals(project) ? 1 : 2;
                                }))
                .flatMap(
                        file ->
                                indexes.sources().get(file) instanceof SourceFile.Docs docs
                                        ? Optional.ofNullable(docs.blocks().get(name))
                                        : Optional.empty());
    }
}
