package dev.dvtls.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real files, cut and changed at every kind of place: never an exception, and the rest stays. */
class RobustnessTest {
    private static final String[] INSERTED = {
        "(",
        "[",
        "{",
        ")",
        "]",
        "}",
        ":",
        ",",
        "=",
        ".",
        "\"",
        "'",
        "\\",
        "`",
        "$",
        "@",
        "\n",
        "\t",
        " ",
        "f\"{",
        "def ",
        "lambda ",
        "for ",
        "\0",
        "\ufeff",
        "\ud83d",
        "{{ ref('a') }}"
    };

    /** What takes no more than its own statement along. */
    private static final String HARMLESS = "([{)]}:,=.`$@";

    private record Top(String name, int start, int end) {}

    private static List<Top> functions(ParsedFile file) {
        List<Top> result = new ArrayList<>();
        for (Stmt s : file.module().body()) {
            if (s instanceof Stmt.FunctionDef f) {
                result.add(new Top(f.name().id(), f.start(), f.end()));
            } else if (s instanceof Stmt.ClassDef c) {
                result.add(new Top(c.name().id(), c.start(), c.end()));
            }
        }
        return result;
    }

    private static List<String> sample() throws IOException {
        List<Path> files = Interpreters.files(Interpreters.first().library());
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < files.size(); i += 97) {
            PythonSource source = PythonSource.decode(Files.readAllBytes(files.get(i)));
            if (source.text().length() < 40_000
                    && Parser.parse(source.text()).problems().isEmpty()) {
                texts.add(source.text());
            }
        }
        return texts;
    }

    @Test
    void aCutTextKeepsWhatStandsBeforeTheCut() throws IOException {
        Random random = new Random(1);
        for (String text : sample()) {
            List<Top> all = functions(Parser.parse(text));
            for (int i = 0; i < 25; i++) {
                int cut = random.nextInt(text.length() + 1);
                ParsedFile parsed = Parser.parse(text.substring(0, cut));
                List<String> names = functions(parsed).stream().map(Top::name).toList();
                List<String> before =
                        all.stream().filter(f -> f.end() < cut).map(Top::name).toList();
                assertThat(names).as("cut at %d of %s", cut, text).containsAll(before);
            }
        }
    }

    @Test
    void aChangedTextKeepsTheOtherFunctions() throws IOException {
        Random random = new Random(2);
        for (String text : sample()) {
            List<Top> all = functions(Parser.parse(text));
            for (int i = 0; i < 40; i++) {
                int at = random.nextInt(text.length() + 1);
                String inserted = INSERTED[random.nextInt(INSERTED.length)];
                String changed = text.substring(0, at) + inserted + text.substring(at);
                boolean harmless = inserted.length() == 1 && HARMLESS.contains(inserted);
                check(all, text, changed, at, harmless);
            }
            for (int i = 0; i < 20 && !text.isEmpty(); i++) {
                int at = random.nextInt(text.length());
                String changed = text.substring(0, at) + text.substring(at + 1);
                check(all, text, changed, at, "\"'\\\n \t\r".indexOf(text.charAt(at)) < 0);
            }
        }
    }

    private static void check(
            List<Top> all, String text, String changed, int at, boolean harmless) {
        List<String> names = functions(Parser.parse(changed)).stream().map(Top::name).toList();
        // The function that is changed may go, and the one that starts just after it.
        int next = all.stream().filter(f -> f.end() <= at).toList().size();
        // Next to a quote a change may open or close a string over lines.
        String around = text.substring(Math.max(0, at - 3), Math.min(text.length(), at + 3));
        boolean quotes = around.contains("\"") || around.contains("'");
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Top f = all.get(i);
            boolean before = f.end() < at && text.substring(f.end(), at).contains("\n");
            boolean after = f.start() > at && text.substring(at, f.start()).contains("\n");
            if (before || (harmless && !quotes && after && i > next)) {
                kept.add(f.name());
            }
        }
        assertThat(names).as("changed at %d:\n%s", at, changed).containsAll(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{",
                "f(",
                "a[",
                "{a:",
                "-",
                "not ",
                "lambda: ",
                "a if b else ",
                "a**",
                "await ",
                "*",
                "f'{",
                "f\"{f'{",
                "(yield ",
                "a.",
                "a+",
                "a and ",
                "a<",
                "'a' ",
                "x=",
                "@a\n",
                "if a:\n elif b:\n",
                "if x: pass\nelif ",
                "with (",
                "match (",
                "match x:\n case (",
                "match x:\n case [",
                "case ",
                "import a.",
                "try:\n",
                "else:\n",
                "for x in ",
                "[a for ",
                "(a:=",
                "{**",
                "def f(",
                "class A(",
                "\\\n",
                "f'{x:{",
                "\"\"\"",
                "a,",
                ";",
                "\t",
                "if a:\n",
                ")",
                "}",
                "type X[",
                "async ",
                "del ",
                "x: "
            })
    void endlessRepetitionNeverThrows(String piece) throws InterruptedException {
        String nested = piece.repeat(5_000);
        StringBuilder stairs = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            stairs.append(" ".repeat(i)).append(piece).append('\n');
        }
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Runnable parse =
                () -> {
                    for (String text : List.of(nested, stairs.toString(), nested + "\nx = 1\n")) {
                        Parser.parse(text);
                        Parser.parse(text, PythonVersion.V3_9);
                        Parser.parseExpression(text, 0, text.length());
                    }
                };
        // Half the usual stack: the bounds hold with room to spare.
        Thread thread =
                new Thread(Thread.currentThread().getThreadGroup(), parse, "small", 1 << 19);
        thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
        thread.start();
        thread.join();
        assertThat(thrown.get()).isNull();
    }

    /**
     * Time grows with the text, not with its square (which would take minutes), however broken it
     * is. Counted is this thread's own processor time: a busy machine changes nothing.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"x = (\n", "f(a,\n", "x = f'{\n", "x = '''\n", "dbt.ref(\"\n", "{{ x\n"})
    void brokenTextIsReadInTimeThatGrowsWithIt(String line) {
        String text = line.repeat(20_000);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        Parser.parse(text);
        long seconds = (threads.getCurrentThreadCpuTime() - start) / 1_000_000_000L;
        assertThat(seconds).isLessThan(20);
    }

    @Test
    void expressionsOfATextHaveItsPositions() {
        String text = "select {{ ref('a') }}";
        ParsedExpression parsed = Parser.parseExpression(text, 9, 18);
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.expression().span().of(text)).isEqualTo("ref('a')");
        assertThat(Parser.parseExpression(text, 9, 15).expression()).isInstanceOf(Expr.Call.class);
        assertThat(Parser.parseExpression(text, 9, 15).problems()).hasSize(1);
        assertThat(Parser.parseExpression(text, 9, 9).problems()).hasSize(1);
    }
}
