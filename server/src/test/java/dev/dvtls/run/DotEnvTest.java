package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DotEnvTest {
    @Test
    void linesAsPythonDotenvReadsThem() {
        assertThat(
                        DotEnv.parse(
                                """
                                # a comment
                                PLAIN=value
                                export EXPORTED=yes
                                SPACES = a b  # said aside
                                HASH=a#b
                                SINGLE='a $b # c'
                                DOUBLE="line\\nnext \\"quoted\\""
                                EMPTY=
                                URL=https://x.example/?a=b
                                not a line
                                LAST=end\
                                """))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "PLAIN", "value",
                                "EXPORTED", "yes",
                                "SPACES", "a b",
                                "HASH", "a#b",
                                "SINGLE", "a $b # c",
                                "DOUBLE", "line\nnext \"quoted\"",
                                "EMPTY", "",
                                "URL", "https://x.example/?a=b",
                                "LAST", "end"));
    }

    @Test
    void windowsLineEndingsAndSeveralLinesInQuotes() {
        assertThat(DotEnv.parse("A=1\r\nB=\"x\r\ny\"\r\nC=3\r\n"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("A", "1", "B", "x\r\ny", "C", "3"));
    }
}
