package dev.dvtls.run.transfer;

import dev.dvtls.testing.TestTools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A SQLite file seen by a program that is not ours: plain Python. */
public record SqliteClient(Path file) {
    public void exec(String statements) throws Exception {
        python(
                """
                import sqlite3, sys
                c = sqlite3.connect(sys.argv[1])
                c.executescript(sys.argv[2])
                """,
                statements);
    }

    /** Rows with columns parted by '|', NULL as nothing. */
    public List<String> rows(String sql) throws Exception {
        return python(
                """
                import sqlite3, sys
                sys.stdout.reconfigure(encoding="utf-8")
                for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
                    print("|".join("" if v is None else str(v) for v in row))
                """,
                sql);
    }

    /** Starts a program that is given the file and arguments; its output goes to {@code out}. */
    Process start(Path out, String program, String... arguments) throws Exception {
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        List<String> command = new ArrayList<>();
        command.add(TestTools.venv().resolve("bin/python").toString());
        command.addAll(List.of("-c", program, file.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
    }

    private List<String> python(String program, String argument) throws Exception {
        Path out = Files.createTempFile("sqlite", ".txt");
        try {
            Process process = start(out, program, argument);
            process.getOutputStream().close();
            int code = process.waitFor();
            String text = Files.readString(out, StandardCharsets.UTF_8);
            if (code != 0) {
                throw new AssertionError(argument + "\n" + text);
            }
            return text.lines().toList();
        } finally {
            Files.delete(out);
        }
    }
}
