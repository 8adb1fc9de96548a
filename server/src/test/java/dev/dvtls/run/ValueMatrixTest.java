package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.testing.MariaDb;
import dev.dvtls.testing.Postgres;
import dev.dvtls.testing.TestTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of value, from each library's frame into each target: read back through that
 * database's own client, and by a model downstream. What it measures is the table of
 * docs/values.md; {@code DVT_ACCEPT=1} writes a new one there.
 */
class ValueMatrixTest {
    private static final List<String> LIBRARIES = List.of("pandas", "polars", "pyarrow", "duckdb");
    private static final Path SCRIPTS = Path.of("src/test/python/values").toAbsolutePath();
    private static final Path PAGE = Path.of("../docs/values.md");
    private static final String START = "<!-- measured -->\n";
    private static final String END = "<!-- end -->\n";
    private static final Pattern COLUMN = Pattern.compile("olumn ['\"](.+?)['\"] (?:for|of) ");

    private static final Target DUCKDB =
            new Target(
                    "DuckDB",
                    new Connection(
                            "duckdb", "duckdb", Map.of("type", "duckdb", "path", "t.duckdb")));

    @TempDir Path folder;

    private record Target(String title, Connection connection) {}

    @Test
    @Tag("heavy")
    void everyValueArrivesOrIsToldOf() throws Exception {
        JsonArray measured = new JsonArray();
        for (Target target : targets()) {
            measured.add(measure(target, LIBRARIES, project -> project));
        }
        JsonObject result = compared(measured);
        assertThat(result.getAsJsonArray("changed")).as("changed in silence").isEmpty();
        String page = Files.readString(PAGE);
        int from = page.indexOf(START) + START.length();
        String expected = page.substring(from, page.indexOf(END, from));
        String table = result.get("table").getAsString();
        if (System.getenv("DVT_ACCEPT") != null) {
            Files.writeString(
                    PAGE,
                    page.substring(0, from) + table + page.substring(page.indexOf(END, from)));
        } else {
            assertThat(table)
                    .as("docs/values.md; run this test with DVT_ACCEPT=1 to write what it measures")
                    .isEqualTo(expected);
        }
    }

    @Test
    void whatPandasReturnsArrivesInPostgres() throws Exception {
        JsonArray measured = new JsonArray();
        measured.add(
                measure(
                        new Target("", Postgres.server().database()),
                        List.of("pandas"),
                        project -> project));
        assertThat(compared(measured).getAsJsonArray("changed")).as("changed in silence").isEmpty();
    }

    @Test
    @Tag("heavy")
    void theSameWithDuckDb2InTheModelsEnvironment() throws Exception {
        JsonArray measured = new JsonArray();
        measured.add(measure(DUCKDB, LIBRARIES, project -> project.python(TestTools.duckdb2())));
        assertThat(compared(measured).getAsJsonArray("changed")).as("changed in silence").isEmpty();
    }

    private List<Target> targets() {
        return List.of(
                DUCKDB,
                new Target("PostgreSQL", Postgres.server().database()),
                new Target("MariaDB", MariaDb.server().database()),
                new Target(
                        "SQLite",
                        new Connection(
                                "sqlite", "sqlite", Map.of("type", "sqlite", "path", "t.sqlite"))));
    }

    private JsonObject measure(
            Target target, List<String> libraries, UnaryOperator<RunProject> with)
            throws Exception {
        RunProject project =
                with.apply(RunProject.in(Files.createDirectories(folder.resolve(target.title()))));
        project.outputs(target.connection());
        for (String script :
                List.of("kind.py", "kinds.py", "frames.py", "canon.py", "clients.py")) {
            Files.copy(SCRIPTS.resolve(script), project.root.resolve(script));
        }
        for (String library : libraries) {
            project.model(
                    "v_" + library,
                    """
                    from frames import frame
                    return frame("%s", dbt.var("without_%s", []), session)
                    """
                            .formatted(library, library));
        }
        String reading = Files.readString(SCRIPTS.resolve("back.py"));
        for (String library : LIBRARIES) {
            if (!libraries.contains(library)) {
                reading = reading.replaceAll("(?m)^.*v_" + library + ".*\n", "");
            }
        }
        project.file("models/back.py", reading);
        Map<String, JsonObject> found = new TreeMap<>();
        try (LocalEngine engine = LocalEngine.create(true)) {
            load(project, engine, libraries, found);
            project.run(engine, "back").succeeded();
        }
        JsonObject back =
                JsonParser.parseString(Files.readString(project.root.resolve("back.json")))
                        .getAsJsonObject();
        JsonObject all = new JsonObject();
        found.forEach(
                (library, entry) -> {
                    entry.add("back", back.get(library));
                    all.add(library, entry);
                });
        JsonObject measured = new JsonObject();
        measured.addProperty("name", target.connection().type());
        measured.addProperty("title", target.title());
        JsonObject connection = Json.of(target.connection().fields()).getAsJsonObject();
        if (connection.has("path")) {
            connection.addProperty(
                    "path", project.root.resolve(connection.get("path").getAsString()).toString());
        }
        measured.add("connection", connection);
        measured.add("libraries", all);
        return measured;
    }

    /** Runs again without the column that was refused, until nothing is. */
    private static void load(
            RunProject project,
            LocalEngine engine,
            List<String> libraries,
            Map<String, JsonObject> found)
            throws Exception {
        Map<String, Object> without = new TreeMap<>();
        List<String> left = new ArrayList<>(libraries);
        for (String library : libraries) {
            JsonObject entry = new JsonObject();
            entry.add("refused", new JsonObject());
            found.put(library, entry);
        }
        while (!left.isEmpty()) {
            project.vars(without);
            RunProject.Ran ran =
                    project.run(engine, left.stream().map(l -> "v_" + l).toArray(String[]::new));
            for (Map.Entry<String, JsonObject> each : found.entrySet()) {
                String library = each.getKey();
                if (!left.contains(library)) {
                    continue;
                }
                String id = "model.shop.v_" + library;
                JsonObject entry = each.getValue();
                if (ran.of(RunEvent.ModelSucceeded.class).stream()
                        .anyMatch(event -> event.model().equals(id))) {
                    JsonArray warnings = new JsonArray();
                    ran.of(RunEvent.Warning.class).stream()
                            .filter(event -> event.model().equals(id))
                            .forEach(event -> warnings.add(event.message()));
                    entry.add("warnings", warnings);
                    left.remove(library);
                    continue;
                }
                String message = ran.failure("v_" + library).message();
                Matcher column = COLUMN.matcher(message);
                assertThat(column.find()).as("names a column: " + message).isTrue();
                JsonObject refused = entry.getAsJsonObject("refused");
                assertThat(refused.has(column.group(1))).as("refused twice: " + message).isFalse();
                refused.addProperty(column.group(1), message);
                without.put("without_" + library, List.copyOf(new TreeSet<>(refused.keySet())));
            }
        }
    }

    private JsonObject compared(JsonArray measured) throws IOException, InterruptedException {
        Path in = Files.writeString(folder.resolve("measured.json"), measured.toString());
        Path out = folder.resolve("compared.json");
        Path errors = folder.resolve("errors.txt");
        Process process =
                new ProcessBuilder(TestTools.testPython().toString(), "matrix.py")
                        .directory(SCRIPTS.toFile())
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(errors.toFile())
                        .start();
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return JsonParser.parseString(Files.readString(out)).getAsJsonObject();
    }
}
