package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.lsp.DocsServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page itself is stood in for: web/docs has its own tests. */
class DocsCommandTest {
    @TempDir Path folder;

    private Path assets() {
        return folder.resolve("docs-site");
    }

    @BeforeEach
    void page() throws Exception {
        Files.createDirectories(assets());
        Files.writeString(
                assets().resolve("index.html"),
                "<meta name=\"generator\" content=\"dvt-ls docs\" /><title>Documentation</title>");
        Files.writeString(assets().resolve("docs.js"), "the page");
        Files.writeString(assets().resolve("docs.css"), "its style");
    }

    private CliProject project() throws Exception {
        return CliProject.in(Files.createDirectories(folder.resolve("shop")));
    }

    private CliProject.Ran run(CliProject project, String... more) {
        List<String> args = new ArrayList<>(List.of("--page", assets().toString()));
        args.addAll(List.of(more));
        return project.run("docs", args.toArray(String[]::new));
    }

    @Test
    void writesASiteThatIsTheSameEachTime() throws Exception {
        CliProject project = project().cached("dev", "model.shop.orders", "select 1::bigint as id");
        CliProject.Ran ran = run(project);
        Path site = project.root().resolve("target/docs");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .matches("Wrote 3 nodes to .*index.html\\ROpen file://.*index.html\\R");
        assertThat(Files.readString(site.resolve("index.html"))).contains("<title>shop</title>");
        assertThat(site.resolve("docs.js")).hasContent("the page");
        String data = Files.readString(site.resolve("data.js"));
        assertThat(data)
                .contains("\"columns\":[{\"name\":\"id\",\"type\":\"BIGINT\"}]")
                .contains("\"target\":\"dev (duckdb)\"")
                .contains("\"cache\":{\"rows\":1,");
        run(project);
        assertThat(site.resolve("data.js")).hasContent(data);
        try (Stream<Path> files = Files.list(site)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "index.html", "docs.js", "docs.css", "data.js", "code.js");
        }
        run(project, "--no-data");
        assertThat(site.resolve("data.js")).content().doesNotContain("cache", "BIGINT");
    }

    @Test
    void theProfileLeavesNothingBehind() throws Exception {
        CliProject project =
                project()
                        .file(
                                "profiles.yml",
                                "shop: {outputs: {dev: {type: postgres, host: db.internal,"
                                        + " user: reader, password: 'hunter\"22'}}}")
                        .file("models/leak.py", "KEY = 'hunter\"22'  # db.internal");
        assertThat(run(project).code()).isZero();
        Path site = project.root().resolve("target/docs");
        assertThat(site.resolve("code.js")).content().contains("KEY = '***'");
        assertThat(site.resolve("data.js"))
                .content()
                .contains("dev (postgres)")
                .doesNotContain("reader", "db.internal", "hunter");
    }

    @Test
    void aFolderThatHoldsAnotherPageIsLeftAlone() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("index.html"), "my own page");
        CliProject.Ran ran = run(project(), "--output", other.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .isEqualTo(
                        "error: "
                                + other.resolve("index.html")
                                + " is not a page of `dvt-ls docs`: nothing was written. Move it"
                                + " away, or name another folder: `dvt-ls docs --output FOLDER`."
                                + System.lineSeparator());
        assertThat(other.resolve("index.html")).hasContent("my own page");
        assertThat(other.resolve("data.js")).doesNotExist();
    }

    @Test
    void aPageThatIsNotBuiltIsSaidWithItsCommand() throws Exception {
        Files.delete(assets().resolve("docs.js"));
        CliProject.Ran ran = run(project());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("docs.js is missing", "npm run docs-site");
    }

    @Test
    void servesItsOwnFilesToThisMachine() throws Exception {
        CliProject project = project();
        run(project);
        Path site = project.root().resolve("target/docs");
        Files.writeString(site.resolve("secret.txt"), "not a part of it");
        try (DocsServer server = DocsServer.start(site, 0)) {
            assertThat(server.address()).startsWith("http://127.0.0.1:");
            assertThat(get(server, "")).isEqualTo("200 text/html; charset=utf-8");
            assertThat(get(server, "data.js")).isEqualTo("200 text/javascript; charset=utf-8");
            assertThat(get(server, "secret.txt")).startsWith("404");
            assertThat(get(server, "../../dbt_project.yml")).startsWith("404");
            assertThat(get(server, "%2e%2e/docs/secret.txt")).startsWith("404");
        }
    }

    private static String get(DocsServer server, String path) throws Exception {
        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
                                BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.headers().firstValue("content-type").orElse("");
    }
}
