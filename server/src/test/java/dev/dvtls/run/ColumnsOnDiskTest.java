package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.cache.DvtFolder;
import dev.dvtls.cache.ParquetCache;
import dev.dvtls.cache.ParquetCache.NewData;
import dev.dvtls.manifest.KnownColumns.Known;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.testing.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Columns as files tell them: {@code name type, ...}, with a dot at the end when there may be more.
 */
class ColumnsOnDiskTest {
    private static final String PROJECT =
            """
            //- profiles.yml
            shop:
              target: dev
              outputs:
                dev: {type: duckdb, path: shop.duckdb}
                prod: {type: postgres, host: db, password: secret}
            //- models/orders.py
            def model(dbt, session):
                return 1
            //- models/schema.yml
            models:
              - name: orders
                columns:
                  - {name: ID, data_type: number, description: The key.}
                  - {name: added}
            seeds:
              - name: codes
                config: {column_types: {code: bigint}}
                columns: [{name: Label, description: For people., data_type: text}]
              - name: wide
                config: {delimiter: ";"}
            //- seeds/codes.csv
            code,label
            1,"a, b"
            //- seeds/wide.csv
            \uFEFFa;"b;c"
            """;

    private final Workspace workspace = Workspace.of(PROJECT);
    private Optional<String> target = Optional.empty();
    private final ColumnsOnDisk columns = new ColumnsOnDisk(root -> target, Map.of());

    private String columns(String id) {
        Manifest manifest = workspace.manifest();
        Known known = columns.of(manifest, manifest.node(id).orElseThrow());
        return known.columns().stream()
                        .map(c -> (c.name() + " " + c.dataType().orElse("")).strip())
                        .collect(Collectors.joining(", "))
                + (known.complete() ? "" : ".");
    }

    private void cache(String output, Column... cached) throws Exception {
        DvtFolder dvt = DvtFolder.open(workspace.root());
        Path file = Files.writeString(dvt.folder("work").resolve("rows.parquet"), "rows");
        ParquetCache.open(dvt)
                .replace(
                        new CacheKey("shop", output, "model.shop.orders"),
                        "origin",
                        "load",
                        new NewData(file, 1, List.of(cached)));
        Files.delete(file);
    }

    @Test
    void propertiesTellWhereNothingElseDoes() {
        assertThat(columns("model.shop.orders")).isEqualTo("ID number, added.");
        assertThat(workspace.path(".dvt")).doesNotExist();
    }

    @Test
    void theCacheTellsTypesAndOrderAndPropertiesTheRest() throws Exception {
        cache("dev", new Column("day", "DATE"), new Column("id", "BIGINT"));
        assertThat(columns("model.shop.orders")).isEqualTo("day DATE, id BIGINT, added");
        Manifest manifest = workspace.manifest();
        Node.Column id =
                columns.of(manifest, manifest.node("model.shop.orders").orElseThrow())
                        .columns()
                        .get(1);
        assertThat(id.description()).isEqualTo("The key.");
    }

    @Test
    void anotherRunIsSeenAtOnce() throws Exception {
        cache("dev", new Column("a", "DATE"));
        assertThat(columns("model.shop.orders")).startsWith("a DATE");
        cache("dev", new Column("b", "DATE"));
        assertThat(columns("model.shop.orders")).startsWith("b DATE");
    }

    @Test
    void eachTargetHasItsOwn() throws Exception {
        cache("prod", new Column("p", "DATE"));
        assertThat(columns("model.shop.orders")).startsWith("ID number");
        target = Optional.of("prod");
        assertThat(columns("model.shop.orders")).startsWith("p DATE");
    }

    @Test
    void aTargetThatIsATemplateIsWhicheverWasWrittenLast() throws Exception {
        workspace.write(
                "profiles.yml",
                "shop:\n  target: \"{{ env_var('T') }}\"\n  outputs:\n    dev: {type: duckdb}\n");
        cache("dev", new Column("d", "DATE"));
        cache("prod", new Column("p", "DATE"));
        assertThat(columns("model.shop.orders")).startsWith("p DATE");
    }

    @Test
    void seedsHaveTheirHeaders() {
        assertThat(columns("seed.shop.codes")).isEqualTo("code bigint, label text");
        assertThat(columns("seed.shop.wide")).isEqualTo("a, b;c");
        workspace.write("seeds/wide.csv", "x;y;z\n");
        assertThat(columns("seed.shop.wide")).isEqualTo("x, y, z");
        workspace.write("seeds/wide.csv", "");
        assertThat(columns("seed.shop.wide")).isEqualTo(".");
    }

    @Test
    void aDamagedCacheIsNoCache() throws Exception {
        cache("dev", new Column("a", "DATE"));
        try (var files = Files.walk(workspace.path(".dvt/cache"))) {
            for (Path manifest : files.filter(f -> f.endsWith("manifest.json")).toList()) {
                Files.writeString(manifest, "{\"version\": ");
            }
        }
        assertThat(columns("model.shop.orders")).isEqualTo("ID number, added.");
    }
}
