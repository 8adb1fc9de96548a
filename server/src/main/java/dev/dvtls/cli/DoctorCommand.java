package dev.dvtls.cli;

import com.google.gson.GsonBuilder;
import dev.dvtls.project.Project;
import dev.dvtls.run.Doctor;
import dev.dvtls.run.Doctor.Finding;
import dev.dvtls.run.Doctor.Status;
import dev.dvtls.run.env.InterpreterChoice;
import dev.dvtls.run.env.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dvt-ls doctor}. */
@Command(
        name = "doctor",
        description =
                "Says what runs find and miss: the interpreter and why it is used, packages, Sling,"
                        + " the DuckDB program, the debugger, and whether each connection answers.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:nothing that runs need is missing",
            " 1:something is",
            " 2:wrong usage"
        })
public final class DoctorCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private ProgramOptions programs = new ProgramOptions();

    @Option(
            names = {"-t", "--target"},
            paramLabel = "NAME",
            description = "The one output of the profile to try. Default: all.")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws InterruptedException {
        Project read = project.loadUsable().project();
        try (OnInterrupt interrupt = OnInterrupt.begin()) {
            List<Finding> findings =
                    Doctor.examine(
                            new Doctor.Question(
                                    read,
                                    project.profilesDir(),
                                    target,
                                    InterpreterChoice.of(programs.python()),
                                    programs.sling()),
                            Machine.here(),
                            interrupt.cancellation());
            print(findings);
            return isFine(findings) ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException e) {
            throw CommandFailed.usage(
                    "The .dvt folder of " + read.root() + " cannot be used: " + e.getMessage());
        }
    }

    private static boolean isFine(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.status() == Status.FAILED);
    }

    private void print(List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        if (format == OutputFormat.JSON) {
            out.println(json(findings));
        } else {
            String area = "";
            for (Finding finding : findings) {
                if (!finding.area().equals(area)) {
                    area = finding.area();
                    out.println(area);
                }
                out.printf(
                        "  %-8s %s: %s%n",
                        word(finding.status()), finding.name(), finding.detail());
            }
        }
        out.flush();
    }

    private static String json(List<Finding> findings) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Finding finding : findings) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("area", finding.area());
            row.put("name", finding.name());
            row.put("status", word(finding.status()));
            row.put("detail", finding.detail());
            rows.add(row);
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("ok", isFine(findings));
        report.put("findings", rows);
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(report);
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
