package dev.dvtls.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SnippetsTest {
    @Test
    void weAcceptWhatCPythonAccepts() {
        List<Snippets.Snippet> snippets = Snippets.all();
        assertThat(snippets).hasSizeGreaterThan(650);
        assertThat(snippets)
                .filteredOn(s -> Parser.parse(s.text()).problems().isEmpty() != s.accepted())
                .isEmpty();
    }

    /** Every problem has its place inside the text and a sentence. */
    @Test
    void problemsSayWhereAndWhat() {
        for (Snippets.Snippet snippet : Snippets.all()) {
            for (SyntaxProblem problem : Parser.parse(snippet.text()).problems()) {
                assertThat(problem.span().end())
                        .as("%s in %s", problem, snippet)
                        .isLessThanOrEqualTo(snippet.text().length());
                assertThat(problem.message()).as("%s", snippet).hasSizeGreaterThan(8);
            }
        }
    }
}
