package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.Node;
import dev.dvtls.run.SqlCompiler.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compiled text of a project is what dbt makes of it, white space and database aside. */
class DbtCompileTest {
    private static final Path CASES = Path.of("src/test/resources/dbt-compile");

    @TempDir Path folder;

    @Test
    void compilesAsDbtDoes() throws Exception {
        RunProject project = RunProject.in(folder);
        copy(CASES.resolve("project"), project.root);
        Connection target = TestCompiler.connection("dev", "duckdb", "path", "dev.duckdb");
        try (TestCompiler compiler = new TestCompiler(project, target)) {
            List<Node> models =
                    compiler.manifest.nodes().stream()
                            .filter(node -> node.kind() == Node.Kind.MODEL)
                            .sorted(Comparator.comparing(Node::uniqueId))
                            .toList();
            assertThat(models).hasSize(13);
            for (Node model : models) {
                SqlCompiler.Compiled compiled =
                        compiler.compiler.compile(model, new Place.Inside(target), false);
                Path written = Path.of("target/compiled");
                Path expected =
                        CASES.resolve("expected")
                                .resolve(
                                        project.root
                                                .resolve(written)
                                                .relativize(compiled.file())
                                                .toString());
                assertThat(normal(compiled.sql()))
                        .as(model.uniqueId())
                        .isEqualTo(normal(Files.readString(expected)));
            }
        }
    }

    /** dbt names the database, keeps a semicolon, and puts queries before a comment. */
    private static String normal(String sql) {
        return sql.replace("\"dev\".", "")
                .replaceAll("/\\*.*?\\*/", "")
                .replaceAll("\\s+", " ")
                .strip()
                .replaceAll(" ?;$", "");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling("."));
                Files.deleteIfExists(copy);
                Files.copy(file, copy);
            }
        }
    }
}
