package dev.dvtls.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonSourceTest {
    @Test
    void utf8IsTheDefaultAndTheMarkStays() {
        assertThat(PythonSource.decode("x = 'é'".getBytes(StandardCharsets.UTF_8)).text())
                .isEqualTo("x = 'é'");
        assertThat(PythonSource.decode("\ufeffx".getBytes(StandardCharsets.UTF_8)).text())
                .isEqualTo("\ufeffx");
    }

    @ParameterizedTest
    @CsvSource({
        "latin-1, ISO-8859-1",
        "iso-8859-15, ISO-8859-15",
        "koi8-r, KOI8-R",
        "cp1252, windows-1252",
        "euc-jp, EUC-JP",
        "shift_jis, Shift_JIS",
        "gbk, GBK",
        "utf8, UTF-8",
        "UTF-8, UTF-8"
    })
    void aCommentNamesTheEncoding(String name, String charset) {
        String text = "#!/usr/bin/python\n# -*- coding: " + name + " -*-\nx = 'a'\n";
        PythonSource source = PythonSource.decode(text.getBytes(Charset.forName(charset)));
        assertThat(source.problems()).isEmpty();
        assertThat(source.text()).isEqualTo(text);
    }

    @Test
    void bytesThatAreNoTextAreReportedAndTheRestIsRead() {
        byte[] bytes = {'x', '=', '1', '\n', '#', (byte) 0xff, '\n', 'y', '=', '2'};
        PythonSource source = PythonSource.decode(bytes);
        assertThat(source.problems()).hasSize(1);
        assertThat(source.problems().get(0).span().start()).isEqualTo(5);
        assertThat(Parser.parse(source.text()).module().body()).hasSize(2);
    }

    @Test
    void whatPythonDoesNotKnowIsReported() {
        assertThat(problems("# coding: nonsense\n")).containsExactly("unknown encoding: nonsense");
        assertThat(problems("\ufeff# coding: latin-1\n")).hasSize(1);
        assertThat(problems("x = 1\n\n# coding: nonsense\n")).isEmpty();
        assertThat(problems("x = 1 # coding: nonsense\n")).isEmpty();
    }

    private static java.util.List<String> problems(String text) {
        return PythonSource.decode(text.getBytes(StandardCharsets.UTF_8)).problems().stream()
                .map(SyntaxProblem::message)
                .toList();
    }

    @Test
    void versions() {
        assertThat(PythonVersion.of("3.9.18")).contains(PythonVersion.V3_9);
        assertThat(PythonVersion.of("3.99")).contains(PythonVersion.LATEST);
        assertThat(PythonVersion.of("3.7")).isEmpty();
        assertThat(PythonVersion.of("2.7")).isEmpty();
        assertThat(PythonVersion.of("x")).isEmpty();
        assertThat(Parser.parse("match x:\n  case 1: pass\n", PythonVersion.V3_9).problems())
                .extracting(SyntaxProblem::message)
                .containsExactly(
                        "the 'match' statement needs Python 3.10 or later, and this project runs"
                                + " on 3.9");
    }
}
