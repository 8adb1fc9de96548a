package dev.dvtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.check.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures and links of the pages lead to what is there. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK =
            Pattern.compile("!?\\[[^\\]]*\\]\\(\\s*<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\s*\\)");
    private static final Pattern TAG = Pattern.compile("(?:src|href|srcset)=\"([^\"\\s]+)");
    private static final Pattern ELSEWHERE = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*");
    private static final Pattern CODE =
            Pattern.compile("(?ms)^[ \\t]*(```|~~~).*?^[ \\t]*\\1[ \\t]*$|`[^`\\n]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.*?)\\s*$");

    static Stream<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(p -> p.toString().endsWith(".md")).forEach(pages::add);
        }
        for (String page : List.of("README.md", "CONTRIBUTING.md", "vscode-extension/README.md")) {
            pages.add(ROOT.resolve(page));
        }
        return pages.stream().sorted();
    }

    private static List<String> links(Path page) throws IOException {
        String text = CODE.matcher(Files.readString(page)).replaceAll("");
        return Stream.of(LINK, TAG)
                .flatMap(pattern -> pattern.matcher(text).results())
                .map(link -> link.group(1))
                .filter(link -> !ELSEWHERE.matcher(link).matches())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void leadsToWhatIsThere(Path page) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String link : links(page)) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
            boolean there = Files.exists(target);
            boolean heading =
                    parts.length < 2
                            || !target.toString().endsWith(".md")
                            || (there && anchors(target).contains(parts[1]));
            if (!there || !heading) {
                wrong.add(link);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** As GitHub makes them out of headings. */
    private static Set<String> anchors(Path page) throws IOException {
        String text =
                Pattern.compile("(?ms)^```.*?^```").matcher(Files.readString(page)).replaceAll("");
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(title -> title.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1"))
                .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void thePicturesOfTheFrontPageAreThere() throws IOException {
        List<String> pictures =
                links(ROOT.resolve("README.md")).stream()
                        .filter(link -> link.endsWith(".png"))
                        .map(link -> link.replaceFirst(".*/", ""))
                        .toList();
        assertThat(pictures)
                .contains("editor.png", "hover.png", "completion.png", "rename.png", "lineage.png")
                .contains("names.png", "preview.png", "runs.png", "debug.png");
    }

    @Test
    void theComparisonCountsTheRules() throws IOException {
        Matcher counted =
                Pattern.compile("\\[(\\d+) codes\\]")
                        .matcher(Files.readString(ROOT.resolve("docs/comparison.md")));
        assertThat(counted.find()).isTrue();
        assertThat(Integer.parseInt(counted.group(1))).isEqualTo(Code.values().length);
    }
}
