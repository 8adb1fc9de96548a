package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.run.Engine;
import dev.dvtls.run.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.InlayHintWorkspaceCapabilities;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inlay hints, over the protocol. */
class InlayHintTest {
    private static final String MODEL =
            "def model(dbt, session):\n    return f('😀', dbt.ref(\"codes\").df())\n";

    @TempDir Path folder;

    private TestServer.Builder project(String setting) {
        return TestServer.in(folder)
                .project()
                .options(settings(setting))
                .client(
                        c ->
                                c.getWorkspace()
                                        .setInlayHint(new InlayHintWorkspaceCapabilities(true)))
                .file("seeds/codes.csv", "id,name,a,b,c\n1,x,1,1,1\n");
    }

    private static JsonObject settings(String inlayHints) {
        JsonObject settings = new JsonObject();
        settings.addProperty("inlayHints", inlayHints);
        return settings;
    }

    private static List<InlayHint> hints(TestServer lsp) {
        return TestServer.get(
                lsp.server
                        .getTextDocumentService()
                        .inlayHint(
                                new InlayHintParams(
                                        lsp.id("models/m.py"),
                                        new Range(new Position(0, 0), new Position(9, 0)))));
    }

    private static String flip(TestServer lsp) {
        return TestServer.json(
                lsp.server
                        .getWorkspaceService()
                        .executeCommand(new ExecuteCommandParams("dvt.inlayHints", List.of())));
    }

    @Test
    void standBehindWhatIsRead() throws Exception {
        try (TestServer lsp = project("on").encodings("utf-8").start().lenient()) {
            lsp.open("models/m.py", MODEL);
            InlayHint hint = hints(lsp).get(0);
            assertThat(hint.getLabel().getLeft()).isEqualTo("id, name, a, +2");
            assertThat(hint.getPosition()).isEqualTo(new Position(1, 37));
            assertThat(hint.getPaddingLeft()).isTrue();
            assertThat(hint.getTooltip().getLeft()).contains("codes", "column  type", "  name");
        }
    }

    @Test
    void onDemandAreShownWhenAskedFor() throws Exception {
        try (TestServer lsp = project("onDemand").start().lenient()) {
            lsp.open("models/m.py", MODEL);
            assertThat(hints(lsp)).isEmpty();
            lsp.client.drain();
            assertThat(flip(lsp)).isEqualTo("{\"shown\":true}");
            lsp.client.take(TestClient.HintRefresh.class, refresh -> true);
            assertThat(hints(lsp)).hasSize(1);
            assertThat(flip(lsp)).isEqualTo("{\"shown\":false}");
            assertThat(hints(lsp)).isEmpty();
        }
    }

    @Test
    void offAreNeverShown() throws Exception {
        try (TestServer lsp = project("off").start().lenient()) {
            lsp.open("models/m.py", MODEL);
            assertThat(flip(lsp)).isEqualTo("{\"shown\":false}");
            assertThat(hints(lsp)).isEmpty();
            JsonObject now = new JsonObject();
            now.add("dvt", settings("onDemand")); // the command before counts no more
            lsp.server
                    .getWorkspaceService()
                    .didChangeConfiguration(new DidChangeConfigurationParams(now));
            lsp.client.take(TestClient.HintRefresh.class, refresh -> true);
            assertThat(hints(lsp)).isEmpty();
        }
    }

    private void cached(String target, String model, int rows)
            throws IOException, InterruptedException {
        CachedTable.put(folder, target, model, rows, new Column("id", "BIGINT"));
    }

    @Test
    void areAskedForAgainWhenARunEndsAndSayWhatHoverSays() throws Exception {
        Engine engine =
                (request, events, cancellation) -> {
                    try {
                        cached("dev", "seed.p.codes", 1234);
                        cached("prod", "seed.p.codes", 99);
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return new RunEvent.RunFinished(1, 0, 0, false, Duration.ZERO);
                };
        try (TestServer lsp =
                project("on")
                        .file(
                                "profiles.yml",
                                """
                                p:
                                  target: dev
                                  outputs: {dev: {type: duckdb}, prod: {type: duckdb}}
                                """)
                        .engine(engine)
                        .start()
                        .lenient()) {
            lsp.open("models/m.py", MODEL);
            assertThat(hints(lsp).get(0).getLabel().getLeft()).isEqualTo("id, name, a, +2");
            lsp.client.take(TestClient.HintRefresh.class, r -> true); // the project is read
            lsp.client.drain();
            lsp.execute("dvt.run", "{\"uri\":\"" + lsp.uri("models/m.py") + "\"}");
            lsp.client.take(TestClient.HintRefresh.class, r -> true);
            assertThat(hints(lsp).get(0).getLabel().getLeft()).isEqualTo("1,234 rows");
            assertThat(hover(lsp)).contains("Cache: 1,234 rows");
            JsonObject target = new JsonObject();
            target.addProperty("target", "test"); // where nothing is cached
            JsonObject now = new JsonObject();
            now.add("dvt", target);
            lsp.server
                    .getWorkspaceService()
                    .didChangeConfiguration(new DidChangeConfigurationParams(now));
            lsp.client.take(TestClient.HintRefresh.class, r -> true);
            assertThat(hints(lsp).get(0).getLabel().getLeft()).isEqualTo("id, name, a, +2");
            assertThat(hover(lsp)).doesNotContain("Cache:");
        }
    }

    private static String hover(TestServer lsp) {
        return TestServer.get(
                        lsp.server
                                .getTextDocumentService()
                                .hover(new HoverParams(lsp.id("models/m.py"), new Position(1, 30))))
                .getContents()
                .getRight()
                .getValue();
    }
}
