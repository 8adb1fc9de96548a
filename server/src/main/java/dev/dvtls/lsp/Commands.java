package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.dvtls.cache.FixtureFile;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.run.Debugging;
import dev.dvtls.run.FixtureOptions;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.LineIndex.Encoding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** The commands of {@code workspace/executeCommand}; docs/lsp-extensions.md has their shapes. */
final class Commands {
    static final String RUN = "dvt.run";
    static final String CANCEL = "dvt.cancel";
    static final String CHECK = "dvt.check";
    static final String INLAY_HINTS = "dvt.inlayHints";
    static final String PREVIEW = "dvt.preview";
    static final String LINEAGE = "dvt.lineage";
    static final String LAST_RUN = "dvt.lastRun";
    static final String INSTALL = "dvt.install";
    static final String DOCTOR = "dvt.doctor";
    static final String CREATE_ENVIRONMENT = "dvt.createEnvironment";
    static final String SAVE_FIXTURE = "dvt.saveFixture";
    static final String DEBUG_ADAPTER = "dvt.debugAdapter";
    static final String DOCS = "dvt.docs";

    /** Of the client: only it can begin a debug session. */
    static final String DEBUG_MODEL = "dvt.debugModel";

    static final List<String> NAMES =
            List.of(
                    RUN,
                    CANCEL,
                    CHECK,
                    PREVIEW,
                    SAVE_FIXTURE,
                    LINEAGE,
                    LAST_RUN,
                    INSTALL,
                    DOCTOR,
                    CREATE_ENVIRONMENT,
                    DEBUG_ADAPTER,
                    DOCS,
                    INLAY_HINTS);

    private final Loop loop;
    private final Requests requests;
    private final ProjectAccess access;
    private final Runs runs;
    private final MachineCommands machine;
    private final Sites sites;
    private final Shapes shapes;
    private final Function<Snapshot, NodeAnswers> answers;

    Commands(
            Loop loop,
            Requests requests,
            ProjectAccess access,
            Runs runs,
            MachineCommands machine,
            Sites sites,
            Shapes shapes,
            Function<Snapshot, NodeAnswers> answers) {
        this.loop = loop;
        this.requests = requests;
        this.access = access;
        this.runs = runs;
        this.machine = machine;
        this.sites = sites;
        this.shapes = shapes;
        this.answers = answers;
    }

    /**
     * The arguments object of a command.
     *
     * @param select selectors in dbt's grammar
     * @param limit rows of a preview; 0: not said
     * @param show the answer to the user, too
     * @param keep the rows of a preview on disk, to be asked for in pages
     */
    record Arguments(
            Optional<Path> projectDir,
            Optional<Path> file,
            List<String> select,
            List<String> exclude,
            boolean fullRefresh,
            Optional<String> target,
            Optional<String> python,
            Optional<String> run,
            int limit,
            boolean refresh,
            boolean show,
            boolean keep,
            boolean fixture,
            Optional<String> packageName,
            FixtureOptions fixtures,
            Optional<Debugging> debugging) {

        static Arguments of(ExecuteCommandParams params) {
            List<Object> arguments = Optional.ofNullable(params.getArguments()).orElse(List.of());
            JsonObject object =
                    !arguments.isEmpty() && arguments.get(0) instanceof JsonObject first
                            ? first
                            : new JsonObject();
            return new Arguments(
                    text(object, "projectDir").map(Path::of),
                    text(object, "uri").flatMap(Uris::path),
                    texts(object.get("select")),
                    texts(object.get("exclude")),
                    flag(object, "fullRefresh"),
                    text(object, "target"),
                    text(object, "python"),
                    text(object, "run"),
                    object.get("limit") instanceof JsonPrimitive limit ? limit.getAsInt() : 0,
                    flag(object, "refresh"),
                    flag(object, "show"),
                    flag(object, "keep"),
                    flag(object, "fixture"),
                    text(object, "package"),
                    fixtures(object),
                    debugging(object.get("debug")));
        }

        /** A file in the project that is meant; it need not be there. */
        Optional<Path> place() {
            return projectDir.map(folder -> folder.resolve("any")).or(() -> file);
        }

        /** The same, of one model. */
        Arguments selecting(String name) {
            return new Arguments(
                    projectDir,
                    file,
                    List.of(name),
                    exclude,
                    fullRefresh,
                    target,
                    python,
                    run,
                    limit,
                    refresh,
                    show,
                    keep,
                    fixture,
                    packageName,
                    fixtures,
                    debugging);
        }

        private static FixtureOptions fixtures(JsonObject object) {
            long limit = object.get("limit") instanceof JsonPrimitive rows ? rows.getAsLong() : 0;
            return new FixtureOptions(
                    limit > 0 ? limit : FixtureOptions.USUAL_LIMIT,
                    format(text(object, "format").orElse("csv")),
                    flag(object, "refresh"),
                    flag(object, "replace"),
                    texts(object.get("also")));
        }

        private static FixtureFile.Format format(String name) {
            for (FixtureFile.Format format : FixtureFile.Format.values()) {
                if (format.name().equalsIgnoreCase(name)) {
                    return format;
                }
            }
            throw new IllegalArgumentException("format is csv or parquet, not " + name);
        }

        private static Optional<Debugging> debugging(JsonElement value) {
            if (value == null || value.isJsonNull()) {
                return Optional.empty();
            }
            for (Debugging.Way way : Debugging.Way.values()) {
                if (value instanceof JsonObject how
                        && how.get(way.name().toLowerCase(Locale.ROOT))
                                instanceof JsonPrimitive port
                        && port.isNumber()
                        && Debugging.isPort(port.getAsInt())) {
                    return Optional.of(new Debugging(way, port.getAsInt()));
                }
            }
            throw new IllegalArgumentException(
                    "debug is {\"listen\": port} or {\"connect\": port}, not " + value);
        }

        private static boolean flag(JsonObject object, String key) {
            return object.get(key) instanceof JsonPrimitive flag && flag.getAsBoolean();
        }

        private static Optional<String> text(JsonObject object, String key) {
            return object.get(key) instanceof JsonPrimitive value
                    ? Optional.of(value.getAsString()).filter(s -> !s.isBlank())
                    : Optional.empty();
        }

        private static List<String> texts(JsonElement value) {
            List<String> all = new ArrayList<>();
            if (value instanceof JsonArray array) {
                array.forEach(item -> all.addAll(one(item)));
            } else if (value != null && !value.isJsonNull()) {
                all.addAll(one(value));
            }
            return List.copyOf(all);
        }

        /** No selector would select everything: what is none must not be passed over. */
        private static List<String> one(JsonElement value) {
            if (value instanceof JsonPrimitive text && text.isString()) {
                return List.of(text.getAsString());
            }
            throw new IllegalArgumentException("a selector is a text, not " + value);
        }
    }

    CompletableFuture<Object> execute(ExecuteCommandParams params) {
        Arguments arguments;
        try {
            arguments = Arguments.of(params);
        } catch (IllegalArgumentException e) {
            return DvtServer.failed(
                    ResponseErrorCode.InvalidParams,
                    "The arguments of "
                            + params.getCommand()
                            + " cannot be used: "
                            + e.getMessage()
                            + ". Correct them, then send the command again.");
        }
        return switch (params.getCommand()) {
            case RUN -> runs.run(arguments, Optional.ofNullable(params.getWorkDoneToken()));
            case CANCEL -> runs.cancel(arguments.run());
            case CHECK -> settled(arguments, snapshot -> checked(snapshot, arguments));
            case PREVIEW -> runs.preview(arguments, Optional.ofNullable(params.getWorkDoneToken()));
            case SAVE_FIXTURE ->
                    runs.saveFixtures(arguments, Optional.ofNullable(params.getWorkDoneToken()));
            case INSTALL ->
                    machine.install(arguments, Optional.ofNullable(params.getWorkDoneToken()));
            case DOCTOR ->
                    machine.doctor(arguments, Optional.ofNullable(params.getWorkDoneToken()));
            case CREATE_ENVIRONMENT ->
                    machine.createEnvironment(
                            arguments, Optional.ofNullable(params.getWorkDoneToken()));
            case DEBUG_ADAPTER -> machine.debugAdapter(arguments);
            case DOCS -> sites.write(arguments, Optional.ofNullable(params.getWorkDoneToken()));
            case LINEAGE ->
                    settled(arguments, snapshot -> answers.apply(snapshot).lineage(arguments));
            case LAST_RUN ->
                    settled(arguments, snapshot -> answers.apply(snapshot).lastRun(arguments));
            case INLAY_HINTS -> CompletableFuture.supplyAsync(shapes::flipHints, loop);
            default ->
                    DvtServer.failed(
                            ResponseErrorCode.InvalidParams,
                            "There is no command "
                                    + params.getCommand()
                                    + ". There are: "
                                    + String.join(", ", NAMES)
                                    + ".");
        };
    }

    private CompletableFuture<Object> settled(
            Arguments arguments, Function<Snapshot, Object> answer) {
        return requests.askProjects(arguments.place(), answer);
    }

    /** Checks all files of a project, open or not. */
    private JsonObject checked(Snapshot snapshot, Arguments arguments) {
        JsonArray problems = new JsonArray();
        int files = 0;
        int errors = 0;
        int warnings = 0;
        Map<Path, String> open = new HashMap<>();
        snapshot.documents()
                .values()
                .forEach(d -> d.path().ifPresent(path -> open.put(path, d.text())));
        for (Manifest manifest : chosen(snapshot, arguments)) {
            files += manifest.files().size();
            for (Problem problem : access.checkAll(manifest, open, () -> {})) {
                errors += problem.severity() == Severity.ERROR ? 1 : 0;
                warnings += problem.severity() == Severity.WARNING ? 1 : 0;
                Convert.lines(snapshot, problem.file())
                        .ifPresent(lines -> problems.add(json(lines, problem)));
            }
        }
        JsonObject result = new JsonObject();
        result.addProperty("files", files);
        result.addProperty("errors", errors);
        result.addProperty("warnings", warnings);
        result.add("problems", problems);
        return result;
    }

    /** The project of the folder or file that was named; those below it; else all. */
    private static Collection<Manifest> chosen(Snapshot snapshot, Arguments arguments) {
        Optional<Path> place = arguments.projectDir().or(arguments::file);
        if (place.isEmpty()) {
            return snapshot.projects().values();
        }
        Optional<Manifest> around = snapshot.projectOf(place.get().resolve("any"));
        return around.isPresent()
                ? List.of(around.get())
                : snapshot.projects().values().stream()
                        .filter(m -> m.project().root().startsWith(place.get()))
                        .toList();
    }

    /** As the command line's JSON: from 1, columns in code points. */
    private static JsonObject json(LineIndex lines, Problem problem) {
        LineIndex.Position start = lines.position(problem.span().start(), Encoding.UTF_32);
        LineIndex.Position end = lines.position(problem.span().end(), Encoding.UTF_32);
        JsonObject object = new JsonObject();
        object.addProperty("file", problem.file().toString());
        object.addProperty("line", start.line() + 1);
        object.addProperty("column", start.column() + 1);
        object.addProperty("endLine", end.line() + 1);
        object.addProperty("endColumn", end.column() + 1);
        object.addProperty("code", problem.code().id());
        object.addProperty(
                "severity", problem.severity().name().toLowerCase(java.util.Locale.ROOT));
        object.addProperty("message", problem.message());
        return object;
    }
}
