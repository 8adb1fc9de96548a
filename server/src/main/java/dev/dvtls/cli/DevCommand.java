package dev.dvtls.cli;

import dev.dvtls.python.ParsedFile;
import dev.dvtls.python.Parser;
import dev.dvtls.python.PythonSource;
import dev.dvtls.python.PythonVersion;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands for those who work on dvt-ls itself. */
@Command(
        name = "dev",
        description = "Commands for developing dvt-ls.",
        subcommands = DevCommand.Syntax.class,
        mixinStandardHelpOptions = true)
public final class DevCommand {

    /** Prints what the parser sees. */
    @Command(
            name = "syntax",
            description = "Prints what the parser sees in Python files, one fact a line.",
            mixinStandardHelpOptions = true)
    public static final class Syntax implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private CommandSpec spec;

        @Option(
                names = "--python-version",
                paramLabel = "VERSION",
                defaultValue = "3.14",
                description = "Syntax newer than this version is an error (3.8 to 3.14).")
        private String version = "";

        @Option(names = "--problems", description = "Prints the problems of each file as well.")
        private boolean problems;

        @Parameters(paramLabel = "FILE", arity = "1..*", description = "Python files.")
        private List<String> files = List.of();

        @Override
        public Integer call() throws IOException {
            Optional<PythonVersion> wanted = PythonVersion.of(version);
            if (wanted.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "'%s' is no Python version known here; give one from 3.8 to %s."
                                .formatted(version, PythonVersion.LATEST));
            }
            for (String file : files) {
                if (!Files.isReadable(Path.of(file)) || Files.isDirectory(Path.of(file))) {
                    throw new ParameterException(
                            spec.commandLine(), "The file %s cannot be read.".formatted(file));
                }
            }
            PrintWriter out =
                    new PrintWriter(
                            new BufferedWriter(
                                    new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));
            for (String file : files) {
                print(file, wanted.get(), out);
            }
            out.flush();
            return 0;
        }

        private void print(String file, PythonVersion wanted, PrintWriter out) throws IOException {
            out.print("# " + file + "\n");
            byte[] bytes = Files.readAllBytes(Path.of(file));
            dump(bytes, wanted).forEach(line -> out.print(line + "\n"));
            if (problems) {
                PythonSource source = PythonSource.decode(bytes);
                source.problems().forEach(p -> out.print("! " + p + "\n"));
                Parser.parse(source.text(), wanted)
                        .problems()
                        .forEach(p -> out.print("! " + p + "\n"));
            }
        }
    }

    /** The facts of a file, or {@code SYNTAX ERROR} alone. */
    public static List<String> dump(byte[] bytes, PythonVersion version) {
        PythonSource source = PythonSource.decode(bytes);
        ParsedFile parsed = Parser.parse(source.text(), version);
        boolean wrong = !source.problems().isEmpty() || !parsed.problems().isEmpty();
        return wrong ? List.of("SYNTAX ERROR") : SyntaxFacts.of(source.text(), parsed);
    }
}
