package dev.dvtls.run;

import dev.dvtls.cache.DvtFolder;
import dev.dvtls.cache.WorkFolder;
import dev.dvtls.project.FileProblem;
import dev.dvtls.project.Profile;
import dev.dvtls.project.ProfileReader;
import dev.dvtls.project.Project;
import dev.dvtls.run.Transfers.TransferException;
import dev.dvtls.run.env.Debugpy;
import dev.dvtls.run.env.EnvironmentException;
import dev.dvtls.run.env.Fix;
import dev.dvtls.run.env.Inspection;
import dev.dvtls.run.env.Interpreter;
import dev.dvtls.run.env.InterpreterChoice;
import dev.dvtls.run.env.Machine;
import dev.dvtls.run.env.PythonVersion;
import dev.dvtls.run.env.ToolFinder;
import dev.dvtls.run.transfer.Limits;
import dev.dvtls.run.transfer.SlingTransfers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says what runs of a project find and miss: interpreter, packages, tools, connections. */
public final class Doctor {
    /** What models may return; DuckDB is what they cannot do without. */
    private static final List<String> PACKAGES =
            List.of("duckdb", "pandas", "polars", "pyarrow", "pytz");

    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(2));

    /** How it stands with something. */
    public enum Status {
        OK,
        /** Runs may do without it. */
        WARNING,
        FAILED
    }

    /**
     * @param area {@code python}, {@code tools}, {@code profile} or {@code connection}
     * @param detail sentences, without credentials
     * @param fix what mends it, where something of ours does
     */
    public record Finding(
            String area, String name, Status status, String detail, Optional<Fix> fix) {}

    /**
     * @param python that was chosen
     * @param target the one connection to try; empty: all of the profile
     */
    public record Question(
            Project project,
            Optional<Path> profilesDir,
            Optional<String> target,
            InterpreterChoice python,
            Optional<Path> sling) {}

    private final Question question;
    private final Cancellation cancellation;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> environment;
    private final Machine machine;

    private Doctor(Question question, Machine machine, Cancellation cancellation)
            throws IOException {
        this.question = question;
        this.cancellation = cancellation;
        this.environment = new HashMap<>(DotEnv.read(question.project().root()));
        this.environment.putAll(machine.environment());
        this.machine = machine;
    }

    /** Looks at everything; starts the programs and opens the connections. */
    public static List<Finding> examine(
            Question question, Machine machine, Cancellation cancellation)
            throws IOException, InterruptedException {
        Doctor doctor = new Doctor(question, machine, cancellation);
        DvtFolder dvt = DvtFolder.open(question.project().root());
        WorkFolder work = WorkFolder.open(dvt);
        try {
            Optional<Interpreter> interpreter = doctor.python(work);
            ToolFinder tools = doctor.tools(work);
            interpreter.ifPresent(doctor::debugger);
            doctor.connections(dvt, work, tools, interpreter);
        } finally {
            work.close();
        }
        return List.copyOf(doctor.findings);
    }

    private void add(String area, String name, Status status, String detail) {
        findings.add(new Finding(area, name, status, detail, Optional.empty()));
    }

    private void add(String area, String name, Status status, String detail, Fix fix) {
        findings.add(new Finding(area, name, status, detail, Optional.of(fix)));
    }

    private Optional<Interpreter> python(WorkFolder work) throws InterruptedException {
        Optional<Interpreter> found =
                Interpreter.find(question.project().root(), question.python(), machine);
        if (found.isEmpty()) {
            add(
                    "python",
                    "interpreter",
                    Status.FAILED,
                    question.python()
                                    .named()
                                    .map(p -> "There is no interpreter " + p + ". ")
                                    .orElse("")
                            + "Install Python "
                            + PythonVersion.OLDEST
                            + " or later, then run `dvt-ls env create`.",
                    question.python().named().isPresent() ? Fix.CHOOSE : Fix.PYTHON);
            return found;
        }
        Path python = found.get().python();
        Optional<Inspection.Python> said =
                Inspection.python(python, PACKAGES, work.path(), cancellation);
        if (said.isEmpty()) {
            add(
                    "python",
                    "interpreter",
                    Status.FAILED,
                    python + " does not start.",
                    Fix.forWrong(found.get()));
            return found;
        }
        boolean supported =
                PythonVersion.in(said.get().version()).filter(v -> v.isSupported()).isPresent();
        String what =
                python
                        + ", Python "
                        + said.get().version()
                        + ": "
                        + found.get().why().words()
                        + ".";
        if (supported) {
            add("python", "interpreter", Status.OK, what);
        } else {
            add(
                    "python",
                    "interpreter",
                    Status.FAILED,
                    what
                            + " Models run on "
                            + PythonVersion.OLDEST
                            + " to "
                            + PythonVersion.NEWEST
                            + ".",
                    Fix.forWrong(found.get()));
        }
        PACKAGES.forEach(name -> installed(name, found.get(), said.get().packages()));
        return found;
    }

    private void installed(String name, Interpreter found, Map<String, String> packages) {
        String version = packages.get(name);
        String install = "`" + found.python() + " -m pip install " + name + "`";
        if (version == null) {
            boolean needed = name.equals("duckdb");
            add(
                    "python",
                    name,
                    needed ? Status.FAILED : Status.WARNING,
                    needed
                            ? "Not installed, and no model runs without it: "
                                    + install
                                    + ", or `dvt-ls env create` for an environment with all."
                            : "Not installed; models that use it need " + install + ".",
                    Fix.forMissing(name, found));
        } else if (name.equals("duckdb") && version.startsWith("2.")) {
            add(
                    "python",
                    name,
                    Status.WARNING,
                    version
                            + ": DuckDB 2 does not read several relations at once as 1.x does; `pip"
                            + " install \"duckdb<2\"` if a model says ResourceInUseException.");
        } else {
            add("python", name, Status.OK, version);
        }
    }

    private ToolFinder tools(WorkFolder work) throws InterruptedException {
        ToolFinder tools = ToolFinder.find(question.project().root(), question.sling(), machine);
        tool("sling", tools.sling(), work);
        tool("duckdb program", tools.duckdb(), work);
        Optional<Inspection.Python> jinja =
                tools.python().isPresent()
                        ? Inspection.python(
                                tools.python().get(), List.of("jinja2"), work.path(), cancellation)
                        : Optional.empty();
        String version = jinja.map(python -> python.packages().get("jinja2")).orElse(null);
        if (version == null) {
            add(
                    "tools",
                    "jinja2",
                    Status.WARNING,
                    "Not in "
                            + tools.folder()
                            + "; profiles with {{ }} need it. Run `dvt-ls env create`.",
                    Fix.CREATE);
        } else {
            add("tools", "jinja2", Status.OK, version);
        }
        return tools;
    }

    /** Only who debugs a model needs one. */
    private void debugger(Interpreter interpreter) {
        try {
            Debugpy found =
                    Debugpy.find(
                            question.project().root(),
                            interpreter.python().toAbsolutePath(),
                            machine);
            String version = found.version().map(known -> known + ", ").orElse("");
            add("tools", "debugpy", Status.OK, version + found.folder());
        } catch (EnvironmentException e) {
            add(
                    "tools",
                    "debugpy",
                    Status.WARNING,
                    e.getMessage() + " Runs do without it.",
                    interpreter.isOfEnvironment()
                            ? Fix.forMissing("debugpy", interpreter)
                            : Fix.CREATE);
        }
    }

    private void tool(String name, Optional<ToolFinder.Found> found, WorkFolder work)
            throws InterruptedException {
        if (found.isEmpty()) {
            add("tools", name, Status.FAILED, "Missing. Run `dvt-ls env create`.", Fix.CREATE);
            return;
        }
        Path program = found.get().program();
        Optional<String> version = Inspection.version(program, work.path(), cancellation);
        add(
                "tools",
                name,
                version.isPresent() ? Status.OK : Status.FAILED,
                program
                        + version.map(known -> ", " + known).orElse(" does not start")
                        + ": "
                        + found.get().why()
                        + ".");
    }

    private void connections(
            DvtFolder dvt, WorkFolder work, ToolFinder tools, Optional<Interpreter> interpreter)
            throws IOException, InterruptedException {
        ProfileReader.Result read =
                ProfileReader.read(question.project(), question.profilesDir(), environment);
        if (read.profile().isEmpty()) {
            for (FileProblem problem : read.problems()) {
                add(
                        "profile",
                        question.project().profile(),
                        Status.FAILED,
                        problem.file() + ": " + problem.message(),
                        Fix.open(problem.file()));
            }
            return;
        }
        Profile profile = read.profile().get();
        Optional<Path> renderer = tools.python().or(() -> interpreter.map(Interpreter::python));
        Path home = WorkerFiles.unpack(dvt);
        ProfileConnections connections =
                new ProfileConnections(
                        profile,
                        templates -> {
                            if (renderer.isEmpty()) {
                                throw ModelFailure.of(
                                        "python-environment",
                                        "There is no Python to render it. Run `dvt-ls env"
                                                + " create`.");
                            }
                            return new WorkerRenderer(
                                            new WorkerProcess.Launch(
                                                    renderer.get(),
                                                    home,
                                                    question.project().root(),
                                                    environment),
                                            question.project().vars(),
                                            cancellation)
                                    .render(templates);
                        },
                        environment);
        target(profile, connections);
        Optional<Transfers> transfers = transfers(work, tools);
        for (String name : profile.outputs().keySet()) {
            if (question.target().isEmpty() || question.target().get().equals(name)) {
                connection(name, profile, connections, transfers);
            }
        }
        if (question.target().isPresent()
                && !profile.outputs().containsKey(question.target().get())) {
            add(
                    "connection",
                    question.target().get(),
                    Status.FAILED,
                    "The profile has no such output; it has "
                            + String.join(", ", profile.outputs().keySet())
                            + ".",
                    Fix.open(profile.file()));
        }
    }

    private void target(Profile profile, ProfileConnections connections)
            throws InterruptedException {
        try {
            String target = connections.defaultTarget();
            if (profile.outputs().containsKey(target)) {
                add(
                        "profile",
                        profile.name(),
                        Status.OK,
                        profile.file() + ", target " + question.target().orElse(target));
            } else {
                add(
                        "profile",
                        profile.name(),
                        Status.FAILED,
                        "Its target is none of its outputs. "
                                + ProfileConnections.unknown(profile, target),
                        Fix.open(profile.file()));
            }
        } catch (ModelFailure e) {
            add(
                    "profile",
                    profile.name(),
                    Status.FAILED,
                    profile.file() + ": " + e.getMessage(),
                    Fix.open(profile.file()));
        }
    }

    private Optional<Transfers> transfers(WorkFolder work, ToolFinder tools) {
        try {
            return Optional.of(
                    SlingTransfers.in(
                            question.project().root(),
                            work.path().resolve("transfers"),
                            tools.require(),
                            LIMITS,
                            cancellation));
        } catch (TransferException | EnvironmentException e) {
            return Optional.empty();
        }
    }

    private void connection(
            String name,
            Profile profile,
            ProfileConnections connections,
            Optional<Transfers> transfers)
            throws InterruptedException {
        if (transfers.isEmpty()) {
            add("connection", name, Status.FAILED, "Not tried: the tools are missing.");
            return;
        }
        try {
            Connection connection = connections.get(name);
            Duration took = transfers.get().ping(connection);
            add(
                    "connection",
                    name,
                    Status.OK,
                    String.format(
                            Locale.ROOT,
                            "%s, answered in %.1f s.",
                            connection.type(),
                            took.toMillis() / 1000.0));
        } catch (TransferException e) {
            boolean isNew = e.getMessage().contains(SlingTransfers.NO_FILE_YET);
            if (isNew) {
                add("connection", name, Status.WARNING, e.getMessage());
            } else {
                add("connection", name, Status.FAILED, e.getMessage(), Fix.open(profile.file()));
            }
        } catch (ModelFailure e) {
            add("connection", name, Status.FAILED, e.failure().message(), Fix.open(profile.file()));
        }
    }
}
