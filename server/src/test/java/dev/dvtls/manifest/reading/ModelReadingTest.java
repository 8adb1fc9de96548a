package dev.dvtls.manifest.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.ModelFile.UnknownReference;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.manifest.PythonModelReader;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.Origin;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.python.Expr;
import dev.dvtls.testing.Cases;
import dev.dvtls.testing.Cases.Case;
import dev.dvtls.text.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read of Python models: the shapes of {@code reading/*.txt}, with places. */
class ModelReadingTest {
    private static final Path FILE = Path.of("/p/models/me.py");

    static Stream<Case> shapes() {
        return Cases.in("reading").stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void reads(Case one) throws IOException {
        String text = Cases.decoded(Cases.before(one.body()));
        String found = shown(PythonModelReader.read(FILE, text));
        if (Boolean.getBoolean("fixtures.update")) {
            rewrite(one, found);
        }
        assertThat(found).isEqualTo(Cases.section(one.body(), "read"));
    }

    /** Each name that is written as a plain string can be replaced by its span. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void placesAreInsideTheText(Case one) {
        String text = Cases.decoded(Cases.before(one.body()));
        for (Reference reference : PythonModelReader.read(FILE, text).references()) {
            assertThat(reference.span().end()).isLessThanOrEqualTo(text.length());
            assertThat(reference.names()).isNotEmpty();
            for (Span name : reference.names()) {
                assertThat(name.end()).isLessThanOrEqualTo(text.length());
            }
        }
    }

    /** Whatever is typed, there is an answer. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void neverThrows(Case one) {
        String text = Cases.decoded(Cases.before(one.body()));
        for (int end = 0; end < text.length(); end += 7) {
            String cut = text.substring(0, end);
            assertThatCode(() -> PythonModelReader.read(FILE, cut)).doesNotThrowAnyException();
        }
    }

    @Test
    void deepTextIsNoTrouble() {
        String chain = "dbt" + ".a()".repeat(2_000) + "\n";
        String sum = "x = '' + " + "'a' + ".repeat(3_000) + "'b'\ndbt.ref(x)\n";
        String elif = "if a: pass\n" + "elif b: pass\n".repeat(3_000);
        assertThatCode(() -> PythonModelReader.read(FILE, chain + sum + elif))
                .doesNotThrowAnyException();
    }

    @Test
    void manyWaysEnd() {
        StringBuilder text = new StringBuilder("def model(dbt, session):\n");
        for (int i = 0; i < 12; i++) {
            text.append("    n").append(i).append(" = 'a' if session else 'b'\n");
        }
        text.append("    dbt.ref(");
        for (int i = 0; i < 12; i++) {
            text.append(i > 0 ? " + n" : "n").append(i);
        }
        ModelFile file = PythonModelReader.read(FILE, text.append(")\n").toString());
        assertThat(file.references()).hasSize(512);
        assertThat(file.unknownReferences()).hasSize(1);
    }

    private static String shown(ModelFile file) {
        StringBuilder out = new StringBuilder();
        for (Reference reference : file.references()) {
            out.append(kind(reference))
                    .append(' ')
                    .append(target(reference.target()))
                    .append(
                            reference.names().stream()
                                    .map(n -> " <" + line(n.of(file.text())) + ">")
                                    .collect(Collectors.joining()))
                    .append('\n');
        }
        for (UnknownReference unknown : file.unknownReferences()) {
            out.append(unknown.wrongArguments() ? "wrong <" : "dynamic <")
                    .append(line(unknown.span().of(file.text())))
                    .append(">\n");
        }
        for (ModelFile.ConfigEntry entry : file.config()) {
            out.append("config ")
                    .append(entry.key())
                    .append('=')
                    .append(entry.value().map(String::valueOf).orElse("?"))
                    .append(" <")
                    .append(line(entry.keySpan().of(file.text())))
                    .append("> <")
                    .append(line(entry.valueSpan().of(file.text())))
                    .append(">\n");
        }
        file.python().ifPresent(python -> python(out, python, file.text()));
        return out.toString();
    }

    private static void python(StringBuilder out, PythonModel python, String text) {
        python.imports()
                .forEach(
                        i ->
                                out.append("import ")
                                        .append(".".repeat(i.level()))
                                        .append(i.module())
                                        .append(i.guarded() ? " guarded" : "")
                                        .append(" <")
                                        .append(line(i.span().of(text)))
                                        .append(">\n"));
        python.incrementalCalls()
                .forEach(s -> out.append("called <").append(s.of(text)).append(">\n"));
        python.jinja().forEach(s -> out.append("jinja <").append(line(s.of(text))).append(">\n"));
        python.sqlStrings()
                .forEach(
                        s -> {
                            Expr literal = s.literal();
                            out.append("sql <").append(line(literal.span().of(text))).append(">\n");
                        });
    }

    private static String kind(Reference reference) {
        String sql = reference.origin() == Origin.SESSION_SQL ? "session " : "";
        return sql
                + (reference.target() instanceof ModelTarget
                        ? "ref"
                        : reference.target() instanceof SourceTarget ? "source" : "table");
    }

    private static String target(Reference.Target target) {
        if (target instanceof ModelTarget model) {
            return model.packageName().map(p -> p + ".").orElse("")
                    + model.name()
                    + model.version().map(v -> "@v" + v).orElse("");
        }
        return target instanceof SourceTarget source
                ? source.source() + "." + source.table()
                : ((Reference.SessionTable) target).name();
    }

    private static String line(String text) {
        return text.replace("\n", "\\n");
    }

    private static synchronized void rewrite(Case one, String found) throws IOException {
        Path file = Cases.folder("reading").resolve(one.file());
        String text = Files.readString(file);
        String head = "=== " + one.name() + "\n" + one.body();
        String mark = "--- read\n";
        String kept = head.substring(0, head.indexOf(mark) + mark.length());
        Files.writeString(file, text.replace(head, kept + found));
    }
}
