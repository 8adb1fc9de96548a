package dev.dvtls.cli;

import dev.dvtls.cache.Age;
import dev.dvtls.run.CacheQuery;
import dev.dvtls.run.CacheQuery.Answer;
import dev.dvtls.run.Engine;
import dev.dvtls.run.RunRequest;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dvt-ls sql}. */
@Command(
        name = "sql",
        description =
                "Asks the cache in SQL, by the names that models know: __model__<name> and"
                        + " <source>__<table>. No database is asked.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:answered", " 1:the query failed", " 2:wrong usage"})
public final class SqlCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Parameters(paramLabel = "QUERY", description = "\"select ... from __model__x\"")
    private String query = "";

    @Option(
            names = {"-t", "--target"},
            paramLabel = "NAME",
            description = "The output of the profile whose cache is asked.")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "ROWS",
            defaultValue = "500",
            description = "The most rows to print; 0: all. Default: 500.")
    private int limit = 500;

    @Option(names = "--output-format", paramLabel = "FORMAT", description = "text, json or csv.")
    private Rows.Format format = Rows.Format.TEXT;

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 0) {
            throw CommandFailed.usage("--limit takes a number of rows; 0 prints all.");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            int most = limit > 0 ? limit : Integer.MAX_VALUE - 1;
            Answer answer = CacheQuery.create().ask(request(), query, most);
            Instant now = Instant.now();
            answer.asked().forEach(a -> err.println(a.name() + " is " + Age.of(a.at(), now) + "."));
            err.flush();
            out.print(Rows.print(answer.rows(), format));
            out.flush();
            int rows = answer.rows().rows().size();
            err.println(
                    answer.more()
                            ? "The first " + rows + " rows; --limit 0 prints all."
                            : rows == 1 ? "1 row." : rows + " rows.");
            return ExitCode.OK;
        } catch (Engine.RunRefused e) {
            throw CommandFailed.failed(String.valueOf(e.getMessage()));
        }
    }

    private RunRequest request() {
        return new RunRequest(
                project.root(),
                List.of(),
                List.of(),
                target,
                project.profilesDir(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of());
    }
}
