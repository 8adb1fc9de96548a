package dev.dvtls.cli;

import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.cache.DvtFolder;
import dev.dvtls.cache.ParquetCache;
import dev.dvtls.cache.ParquetCache.NewData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** A project in a folder, with a cache that was filled by hand, for commands that read it. */
record CliProject(Path root) {
    record Ran(int code, String out, String err) {}

    static CliProject in(Path folder) throws IOException {
        CliProject project = new CliProject(folder.toRealPath());
        project.file("dbt_project.yml", "name: shop\nprofile: shop\n");
        project.file(
                "profiles.yml",
                """
                shop:
                  target: dev
                  outputs:
                    dev: {type: duckdb, path: dev.duckdb}
                    prod: {type: duckdb, path: prod.duckdb}
                """);
        project.file("models/orders.sql", "select 1 as id");
        project.file("models/customers.sql", "select 1 as id");
        project.file("models/s.yml", "sources: [{name: crm, tables: [{name: people}]}]");
        return project;
    }

    CliProject file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        return this;
    }

    CliProject cached(String target, String id, String sql) throws Exception {
        Path parquet = root.resolve("made.parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            String file = parquet.toString().replace("'", "''");
            statement.execute("copy (" + sql + ") to '" + file + "' (format parquet)");
            List<Column> columns = new ArrayList<>();
            long rows;
            try (ResultSet described = statement.executeQuery("describe " + sql)) {
                while (described.next()) {
                    columns.add(new Column(described.getString(1), described.getString(2)));
                }
            }
            try (ResultSet count = statement.executeQuery("select count(*) from (" + sql + ")")) {
                count.next();
                rows = count.getLong(1);
            }
            ParquetCache.open(DvtFolder.open(root))
                    .replace(
                            new CacheKey("shop", target, id),
                            "origin",
                            "",
                            new NewData(parquet, rows, columns));
        }
        Files.delete(parquet);
        return this;
    }

    Ran run(String command, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(command, "--project-dir", root.toString()));
        all.addAll(Arrays.asList(args));
        return new Ran(line.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }
}
