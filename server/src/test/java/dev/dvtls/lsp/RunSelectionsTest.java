package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dvt/selection} and {@code dvt/tags} over the wire. */
class RunSelectionsTest {
    @TempDir Path root;

    private TestServer.Builder twoProjects() {
        return TestServer.in(root)
                .project()
                .file("models/a.sql", "{{ config(tags=['nightly', 'hot']) }} select 1 as id")
                .file("models/b.sql", "{{ config(tags='nightly') }} select 1 as id")
                .file("models/inner/dbt_project.yml", "name: inner\nprofile: p\n")
                .file("models/inner/models/c.py", "def model(dbt, session):\n    return 1\n")
                .file("notes.py", "import os\n");
    }

    private static String selection(TestServer lsp, String... files) throws Exception {
        JsonArray uris = new JsonArray();
        for (String file : files) {
            uris.add(lsp.uri(file));
        }
        JsonObject params = new JsonObject();
        params.add("uris", uris);
        return lsp.server
                .selection(params)
                .get(TestClient.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .toString();
    }

    @Test
    void eachProjectSelectsItsOwn() throws Exception {
        try (TestServer lsp = twoProjects().start()) {
            String inner =
                    """
                    {"project":"inner","projectDir":"%s/models/inner","select":[],\
                    "models":["model.inner.c"]}]\
                    """
                            .formatted(root);
            assertThat(selection(lsp, "models/a.sql"))
                    .isEqualTo(
                            """
                            [{"project":"p","projectDir":"%s","select":["a"],\
                            "models":["model.p.a"]}]\
                            """
                                    .formatted(root));
            assertThat(selection(lsp, "models/b.sql", "models/inner"))
                    .startsWith("[{\"project\":\"p\"")
                    .contains("\"select\":[\"b\"]")
                    .endsWith(inner);
            assertThat(selection(lsp, "notes.py")).isEqualTo("[]");
            assertThat(selection(lsp)).isEqualTo("[]");
        }
    }

    @Test
    void tagsAreCounted() throws Exception {
        try (TestServer lsp = twoProjects().start()) {
            assertThat(
                            lsp.server
                                    .tags(new JsonObject())
                                    .get(TestClient.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                                    .toString())
                    .isEqualTo(
                            """
                            [{"project":"p","projectDir":"%s","tags":[\
                            {"name":"hot","models":1},{"name":"nightly","models":2}]},\
                            {"project":"inner","projectDir":"%s/models/inner","tags":[]}]\
                            """
                                    .formatted(root, root));
        }
    }
}
