package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.lsp4j.ExecuteCommandParams;

/** What a server says of projects, for tests that wait for it. */
final class ProjectAnswers {
    private ProjectAnswers() {}

    /** Asks until the answer is the wanted one: events take effect after a moment. */
    static <T> void eventually(TestServer lsp, Supplier<T> question, T wanted) {
        long end = System.nanoTime() + TestClient.PATIENCE.toNanos();
        while (!question.get().equals(wanted) && System.nanoTime() < end) {
            var unused = lsp.client.takeAll(Object.class, Duration.ofMillis(20));
        }
        assertThat(question.get()).isEqualTo(wanted);
    }

    static List<String> roots(TestServer lsp) {
        List<String> roots = new ArrayList<>();
        for (JsonElement project : TestServer.get(lsp.server.projects(new JsonObject()))) {
            roots.add(relative(lsp, project.getAsJsonObject().get("root").getAsString()));
        }
        return roots;
    }

    /** Of all files of all projects: {@code file:line code}. */
    static List<String> problems(TestServer lsp) {
        Map<?, ?> checked =
                (Map<?, ?>)
                        TestServer.get(
                                lsp.server
                                        .getWorkspaceService()
                                        .executeCommand(
                                                new ExecuteCommandParams("dvt.check", List.of())));
        List<String> problems = new ArrayList<>();
        for (Object element : (List<?>) Objects.requireNonNull(checked.get("problems"))) {
            Map<?, ?> problem = (Map<?, ?>) element;
            problems.add(
                    relative(lsp, String.valueOf(problem.get("file")))
                            + ":"
                            + ((Number) Objects.requireNonNull(problem.get("line"))).intValue()
                            + " "
                            + problem.get("code"));
        }
        return problems;
    }

    private static String relative(TestServer lsp, String path) {
        return lsp.root.relativize(Path.of(path)).toString().replace('\\', '/');
    }
}
