package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.cache.CacheReader.Preview;
import dev.dvtls.cache.KeptPreview;
import dev.dvtls.cache.KeptPreviews;
import dev.dvtls.cache.PreviewFolders;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Engine;
import dev.dvtls.run.Previewed;
import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dvt/previewRows} and its like over the protocol. */
class PreviewRequestsTest {
    @TempDir Path folder;

    private TestServer.Builder project() {
        return TestServer.in(folder)
                .project()
                .file("models/orders.py", "def model(dbt, session):\n    return 1\n");
    }

    /** An engine that keeps five rows. */
    private Engine keeping() {
        return new Engine() {
            @Override
            public RunEvent.RunFinished run(
                    RunRequest request, Consumer<RunEvent> events, Cancellation cancellation) {
                return new RunEvent.RunFinished(1, 0, 0, false, Duration.ZERO);
            }

            @Override
            public List<Previewed> keep(
                    RunRequest request,
                    KeptPreviews previews,
                    int limit,
                    boolean refresh,
                    Consumer<RunEvent> events,
                    Cancellation cancellation)
                    throws RunRefused {
                KeptPreviews.Frame frame =
                        new KeptPreviews.Frame(
                                "model.p.orders",
                                "orders",
                                OptionalLong.empty(),
                                List.of(new KeptPreview.Read("raw.t", "cache", Instant.EPOCH)));
                String sql =
                        "select i as id, case when i % 2 = 0 then 'n' || i end as t"
                                + " from range(9) as t(i)";
                try {
                    Path work = Files.createDirectories(folder.resolve("work"));
                    return List.of(kept(previews.keep(frame, sql, 5, work)));
                } catch (IOException e) {
                    throw new RunRefused(String.valueOf(e.getMessage()));
                }
            }

            private Previewed kept(KeptPreview kept) {
                return new Previewed(
                        kept.model(),
                        kept.name(),
                        new Preview(kept.columns(), List.of()),
                        kept.total(),
                        kept.more(),
                        Optional.of(kept));
            }
        };
    }

    private JsonObject computed(TestServer lsp) {
        JsonObject answer =
                lsp.execute(
                        "dvt.preview",
                        "{\"uri\":\"" + lsp.uri("models/orders.py") + "\",\"keep\":true}");
        return answer.getAsJsonArray("previews").get(0).getAsJsonObject();
    }

    private String kept(TestServer lsp) {
        return computed(lsp).get("preview").getAsString();
    }

    private List<Path> foldersOfPreviews() throws Exception {
        Path all = folder.resolve(".dvt/previews");
        try (Stream<Path> files = Files.exists(all) ? Files.list(all) : Stream.of()) {
            return files.filter(Files::isDirectory).toList();
        }
    }

    private static JsonObject ask(
            TestServer lsp,
            BiFunction<PipedServer.Remote, JsonObject, CompletableFuture<JsonObject>> request,
            String preview,
            String more) {
        JsonObject params = JsonParser.parseString("{" + more + "}").getAsJsonObject();
        params.addProperty("uri", lsp.uri("models/orders.py"));
        params.addProperty("preview", preview);
        return TestServer.get(request.apply(lsp.server, params));
    }

    @Test
    void answersWithPagesProfilesAndFiles() throws Exception {
        try (TestServer lsp = project().engine(keeping()).start().lenient()) {
            JsonObject about = computed(lsp);
            String kept = about.get("preview").getAsString();
            assertThat(about.toString())
                    .isEqualTo(
                            """
                            {"preview":"%s","model":"model.p.orders","name":"orders","columns":[\
                            {"name":"id","type":"BIGINT"},{"name":"t","type":"VARCHAR"}],\
                            "kept":5,"more":true,"at":%s,"upstream":[\
                            {"name":"raw.t","from":"cache","at":"1970-01-01T00:00:00Z"}]}\
                            """
                                    .formatted(kept, about.get("at")));
            assertThat(
                            ask(
                                            lsp,
                                            PipedServer.Remote::previewRows,
                                            kept,
                                            "\"offset\":1,\"limit\":2,\"orderBy\":[{\"column\":\"id\","
                                                + "\"descending\":true}],\"filter\":[{\"column\":"
                                                + "\"id\",\"op\":\"<\",\"value\":\"4\"}]")
                                    .toString())
                    .isEqualTo("{\"rows\":[[\"2\",\"n2\"],[\"1\",null]],\"total\":4}");
            assertThat(ask(lsp, PipedServer.Remote::previewProfile, kept, "").toString())
                    .isEqualTo(
                            "{\"columns\":[{\"name\":\"id\",\"type\":\"BIGINT\",\"nulls\":0,"
                                    + "\"distinct\":5,\"min\":\"0\",\"max\":\"4\"},{\"name\":\"t\","
                                    + "\"type\":\"VARCHAR\",\"nulls\":2,\"distinct\":3,"
                                    + "\"min\":\"n0\",\"max\":\"n4\"}]}");
            Path file = folder.resolve("a b.csv");
            JsonObject written =
                    ask(
                            lsp,
                            PipedServer.Remote::previewExport,
                            kept,
                            "\"format\":\"csv\",\"file\":\"" + Uris.of(file) + "\"");
            assertThat(written.get("rows").getAsInt()).isEqualTo(5);
            assertThat(Files.readString(file)).isEqualTo("id,t\n0,n0\n1,\n2,n2\n3,\n4,n4\n");
        }
    }

    @Test
    void whatCannotBeAnsweredIsSaid() throws Exception {
        try (TestServer lsp = project().engine(keeping()).start().lenient()) {
            assertThatThrownBy(() -> ask(lsp, PipedServer.Remote::previewRows, "none-1", ""))
                    .hasMessageContaining("not kept any more. Compute them again.");
            String kept = kept(lsp);
            assertThatThrownBy(() -> ask(lsp, PipedServer.Remote::previewRows, "gone-1", ""))
                    .hasMessageContaining("not kept any more. Compute them again.");
            assertThatThrownBy(
                            () ->
                                    ask(
                                            lsp,
                                            PipedServer.Remote::previewRows,
                                            kept,
                                            "\"filter\":[{\"column\":\"id\",\"op\":\"~\"}]"))
                    .hasMessageContaining("op is one of [contains, =, <>,");
            assertThatThrownBy(
                            () ->
                                    ask(
                                            lsp,
                                            PipedServer.Remote::previewRows,
                                            kept,
                                            "\"filter\":[{\"column\":\"id\",\"op\":\"=\",\"value\":\"x\"}]"))
                    .hasMessageContaining("'x' cannot be compared with id, which is BIGINT.");
            assertThatThrownBy(
                            () ->
                                    ask(
                                            lsp,
                                            PipedServer.Remote::previewExport,
                                            kept,
                                            "\"format\":\"xls\",\"file\":\"file:///x\""))
                    .hasMessageContaining("format is csv, json or parquet, not xls");
        }
    }

    @Test
    void rowsGoWhenNobodyLooksAtThemAndWhenTheServerEnds() throws Exception {
        try (TestServer lsp = project().engine(keeping()).start().lenient()) {
            String first = kept(lsp);
            String second = kept(lsp);
            ask(lsp, PipedServer.Remote::previewClose, first, "");
            ask(lsp, PipedServer.Remote::previewClose, "none-1", "");
            assertThatThrownBy(() -> ask(lsp, PipedServer.Remote::previewRows, first, ""))
                    .hasMessageContaining("not kept any more");
            assertThat(ask(lsp, PipedServer.Remote::previewRows, second, "").get("total"))
                    .hasToString("5");
            assertThat(foldersOfPreviews())
                    .singleElement()
                    .satisfies(
                            own -> assertThat(own).isDirectoryNotContaining(f -> named(f, first)))
                    .satisfies(own -> assertThat(own).isDirectoryContaining(f -> named(f, second)));
        }
        assertThat(foldersOfPreviews()).isEmpty();
    }

    private static boolean named(Path file, String name) {
        return file.endsWith(name);
    }

    @Test
    void whatAKilledServerLeftGoes() throws Exception {
        Path left = Files.createDirectories(folder.resolve(".dvt/previews/12345678/orders-1"));
        Files.writeString(left.resolve("rows.parquet"), "x");
        try (PreviewFolders other = new PreviewFolders()) {
            Path alive = Files.createDirectories(other.in(folder).folder().resolve("orders-2"));
            assertThat(left).doesNotExist();
            Files.createDirectories(left);
            try (TestServer lsp = project().start().lenient()) {
                lsp.client.awaitLog("Removed rows of previews");
                assertThat(left.getParent()).doesNotExist();
                assertThat(alive).exists();
            }
        }
        assertThat(foldersOfPreviews()).isEmpty();
    }

    @Test
    void nothingIsReadInAFolderThatIsNotTrusted() throws Exception {
        JsonObject options = new JsonObject();
        options.addProperty("trusted", false);
        try (TestServer lsp = project().options(options).start().lenient()) {
            assertThatThrownBy(() -> ask(lsp, PipedServer.Remote::previewRows, "orders-1", ""))
                    .hasMessageContaining("not trusted");
        }
    }
}
