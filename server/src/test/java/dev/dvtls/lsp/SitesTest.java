package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.dvtls.run.env.Machine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.ShowDocumentCapabilities;
import org.eclipse.lsp4j.ShowDocumentParams;
import org.eclipse.lsp4j.WindowClientCapabilities;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dvt.docs} over the wire; the page itself is stood in for. */
class SitesTest {
    private static final String ORDERS = "def model(dbt, session):\n    return dbt.ref('raw')\n";

    @TempDir Path temp;
    private Path root = Path.of("");
    private Path page = Path.of("");

    @BeforeEach
    void builtPage() throws IOException {
        root = temp.toRealPath().resolve("shop");
        page = Files.createDirectories(temp.resolve("docs-site"));
        Files.writeString(
                page.resolve("index.html"),
                "<meta name=\"generator\" content=\"dvt-ls docs\" /><title>Documentation</title>");
        Files.writeString(page.resolve("docs.js"), "the page");
        Files.writeString(page.resolve("docs.css"), "its style");
    }

    private TestServer.Builder shop() {
        return TestServer.in(root)
                .project()
                .file("models/raw.sql", "select 1 as id")
                .file("models/orders.py", ORDERS)
                .access(new DiskProjects())
                .machine(Machine.here(Map.of()))
                .docsPage(page);
    }

    private static HttpResponse<String> get(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    @Test
    void theSiteOfAFilesProjectIsWritten() throws Exception {
        try (TestServer lsp = shop().start().lenient()) {
            lsp.open("models/orders.py", ORDERS + "# not saved\n");
            JsonObject answer =
                    lsp.execute("dvt.docs", "{\"uri\":\"" + lsp.uri("models/orders.py") + "\"}");
            assertThat(answer.get("page").getAsString())
                    .isEqualTo(lsp.uri("target/docs/index.html"));
            assertThat(answer.get("nodes").getAsInt()).isEqualTo(2);
            assertThat(answer.has("address")).isFalse();
            assertThat(root.resolve("target/docs/index.html"))
                    .content()
                    .contains("<title>p</title>");
            assertThat(root.resolve("target/docs/data.js")).content().contains("model.p.orders");
        }
    }

    @Test
    void theClientOpensItInABrowser() throws Exception {
        String address;
        try (TestServer lsp =
                shop().client(
                                c -> {
                                    WindowClientCapabilities window =
                                            new WindowClientCapabilities();
                                    window.setShowDocument(new ShowDocumentCapabilities(true));
                                    c.setWindow(window);
                                })
                        .start()
                        .lenient()) {
            address =
                    lsp.execute("dvt.docs", "{\"show\":true,\"select\":[\"raw\"]}")
                            .get("address")
                            .getAsString();
            ShowDocumentParams shown = lsp.client.take(ShowDocumentParams.class, d -> true);
            assertThat(shown.getUri()).isEqualTo(address);
            assertThat(shown.getExternal()).isTrue();
            assertThat(get(address).body()).contains("<title>p</title>");
            assertThat(get(address + "data.js").body())
                    .contains("model.p.raw")
                    .doesNotContain("model.p.orders");
            // Other programs of the machine may know the port, not the path.
            assertThat(get(URI.create(address).resolve("/").toString()).statusCode())
                    .isEqualTo(404);
            assertThat(lsp.execute("dvt.docs", "{\"show\":true}").get("address").getAsString())
                    .isEqualTo(address);
            assertThat(get(address + "data.js").body()).contains("model.p.orders");
        }
        assertThatThrownBy(() -> get(address)).isInstanceOf(ConnectException.class);
    }

    @Test
    void whoLosesThePathIsLedToItOnce() throws Exception {
        try (TestServer lsp = shop().start().lenient()) {
            String address =
                    lsp.execute("dvt.docs", "{\"show\":true}").get("address").getAsString();
            String bare = URI.create(address).resolve("/").toString();
            HttpResponse<String> led = get(bare);
            assertThat(led.statusCode()).isEqualTo(302);
            String place = led.headers().firstValue("location").orElse("");
            // Also below the path of a proxy.
            assertThat(place).startsWith("./");
            assertThat(URI.create(bare).resolve(place)).hasToString(address);
            assertThat(get(bare).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aClientThatOpensNothingIsToldWhereItIs() throws Exception {
        try (TestServer lsp = shop().start().lenient()) {
            String address =
                    lsp.execute("dvt.docs", "{\"show\":true}").get("address").getAsString();
            assertThat(lsp.client.take(MessageParams.class, m -> true).getMessage())
                    .isEqualTo(
                            "The documentation of p is in "
                                    + root.resolve("target/docs/index.html")
                                    + ", and at "
                                    + address
                                    + " until the server ends: open it in a browser.");
        }
    }

    @Test
    void whatCannotBeWrittenIsASentence() throws Exception {
        Files.delete(page.resolve("docs.js"));
        try (TestServer lsp = shop().start().lenient()) {
            assertThatThrownBy(() -> lsp.execute("dvt.docs", "{}"))
                    .hasMessageContaining("docs.js is missing. Build it with");
            assertThatThrownBy(() -> lsp.execute("dvt.docs", "{\"select\":[\"nothing\"]}"))
                    .hasMessageContaining("nothing");
            assertThatThrownBy(
                            () ->
                                    lsp.execute(
                                            "dvt.docs",
                                            "{\"projectDir\":\"" + temp.resolve("else") + "\"}"))
                    .hasMessageContaining("There is no project open in");
        }
    }

    @Test
    void nothingIsWrittenInAFolderThatIsNotTrusted() throws Exception {
        JsonObject untrusted = new JsonObject();
        untrusted.addProperty("trusted", false);
        try (TestServer lsp = shop().options(untrusted).start().lenient()) {
            assertThatThrownBy(() -> lsp.execute("dvt.docs", "{}"))
                    .hasMessageContaining("Trust the folder in your editor");
            assertThat(root.resolve("target")).doesNotExist();
        }
    }
}
