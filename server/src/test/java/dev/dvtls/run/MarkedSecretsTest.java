package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.Postgres;
import dev.dvtls.testing.TestTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project whose secrets are marked is run by the program itself, and everything that it writes
 * and every process that it starts is searched for them.
 */
@Tag("heavy")
class MarkedSecretsTest {
    /** In profiles.yml as it is; the marks are what is searched for. */
    private static final String WRITTEN = "pgMARKqzxwritten'\"\\9";

    private static final String FROM_VARIABLE = "pgMARKqzxvariable/7";
    private static final String FROM_DOTENV = "pgMARKqzxdotenv@5";
    private static final String API_KEY = "sk_live_MARKqzxapikey";
    private static final String MARK = "MARKqzx";

    /** The project's own files, which hold them by right. */
    private static final Set<String> INPUTS = Set.of("profiles.yml", ".env");

    @TempDir Path folder;
    private final Connection pg = Postgres.server().database();
    private final List<String> roles = new ArrayList<>();
    private final Instant started = Instant.now();
    private RunProject project;

    @BeforeEach
    void project() throws Exception {
        project = RunProject.in(folder);
        Map<String, String> passwords = new LinkedHashMap<>();
        passwords.put("written", WRITTEN);
        passwords.put("variable", FROM_VARIABLE);
        passwords.put("dotenv", FROM_DOTENV);
        List<Connection> outputs = new ArrayList<>();
        passwords.forEach(
                (name, password) -> {
                    String role = "marked_" + name + "_" + pg.name();
                    roles.add(role);
                    String quoted = "'" + password.replace("'", "''") + "'";
                    Postgres.server()
                            .psql(
                                    pg,
                                    "create role " + role + " superuser login password " + quoted);
                    Map<String, Object> fields = new LinkedHashMap<>(pg.fields());
                    fields.put("user", role);
                    fields.put(
                            "password",
                            name.equals("written")
                                    ? password
                                    : "{{ env_var('DB_"
                                            + name.toUpperCase(java.util.Locale.ROOT)
                                            + "') }}");
                    outputs.add(new Connection(name, "postgres", fields));
                });
        Map<String, Object> wrong = new LinkedHashMap<>(outputs.get(0).fields());
        wrong.put("password", "wrong" + WRITTEN);
        outputs.add(new Connection("wrong", "postgres", wrong));
        outputs.add(
                new Connection(
                        "file",
                        "duckdb",
                        Map.of("type", "duckdb", "path", "dev.duckdb", "token", API_KEY + "2")));
        project.outputs(outputs.toArray(Connection[]::new));
        project.file(".env", "DB_DOTENV=" + FROM_DOTENV + "\nSHOP_API_KEY=" + API_KEY + "\n");
        Postgres.server().psql(pg, "create table orders as select 1 as id, 'data' as note");
        project.file("models/sources.yml", sources());
        project.model(
                "reads",
                """
                import json, os
                key = os.environ["SHOP_API_KEY"]
                print("the key is", key, repr(key), json.dumps({"key": key}))
                print("url", "https://me:" + os.environ["DB_DOTENV"] + "@shop")
                print("of the environment", dict(os.environ))
                a = dbt.source("written", "orders")
                b = dbt.source("variable", "orders")
                c = dbt.source("dotenv", "orders")
                return a.union(b).union(c)
                """);
        project.model(
                "raises",
                """
                import os
                headers = {"Authorization": "Bearer " + os.environ["SHOP_API_KEY"]}
                request = "GET /?" + os.environ["SHOP_API_KEY"]
                raise ValueError(f"{headers} {request} {os.environ['DB_DOTENV']}")
                """);
        project.model("lost", "return dbt.source('wrong', 'orders')");
        project.model(
                "crashes",
                """
                import ctypes, os, sys
                print(os.environ["SHOP_API_KEY"], file=sys.stderr, flush=True)
                return ctypes.string_at(0)
                """);
    }

    private static String sources() {
        StringBuilder text = new StringBuilder("sources:\n");
        for (String name : List.of("written", "variable", "dotenv", "wrong")) {
            text.append("  - {name: ")
                    .append(name)
                    .append(", schema: public, connection: ")
                    .append(name)
                    .append(", tables: [{name: orders}]}\n");
        }
        return text.toString();
    }

    @AfterEach
    void dropRoles() {
        roles.forEach(role -> Postgres.server().psql(pg, "drop owned by " + role));
        roles.forEach(role -> Postgres.server().psql(pg, "drop role " + role));
    }

    @Test
    void noSecretIsWrittenOrShown() throws Exception {
        for (List<String> more :
                List.of(
                        List.of("--verbose"),
                        List.of("--output-format", "json"),
                        List.of("--target", "file"))) {
            String said = run(more);
            assertThat(said).contains("***", "reads", "raises").doesNotContain(MARK);
            // The connections themselves worked; only what was meant to fail did.
            assertThat(said).containsPattern("3 failed|\"failed\":3");
        }
        assertThat(found(folder, Instant.MIN)).as("files of the project").isEmpty();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        assertThat(found(temporary, started)).as("temporary files").isEmpty();
    }

    /** All that the program says; its processes and its files are watched meanwhile. */
    private String run(List<String> more) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("dev.dvtls.cli.Main", "run", "--project-dir", folder.toString()));
        command.addAll(List.of("--python", TestTools.venv().resolve("bin/python").toString()));
        command.addAll(more);
        Path out = Files.createTempFile(folder, "said", ".out");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(out.toFile());
        builder.environment().put("DB_VARIABLE", FROM_VARIABLE);
        Process process = builder.start();
        Set<String> seen = new TreeSet<>();
        Set<String> environments = new TreeSet<>();
        while (!process.waitFor(1, TimeUnit.MILLISECONDS)) {
            arguments(seen);
            environments(process.toHandle(), environments);
            seen.addAll(found(folder.resolve(".dvt"), Instant.MIN));
        }
        assertThat(seen).as("arguments of processes, and files while it ran").isEmpty();
        // What the user exported goes to all; .env to models only; a connection to Sling, which
        // asks two programs about the machine.
        assertThat(environments)
                .contains("sling: DVT_CONNECTION")
                .allMatch(
                        e ->
                                e.matches(
                                        ".*: DB_VARIABLE|python[0-9.]*: (DB_DOTENV|SHOP_API_KEY)"
                                                + "|(sling|git|pidof): DVT_CONNECTION"));
        return Files.readString(out);
    }

    private static void arguments(Set<String> seen) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path one :
                    processes.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
                String arguments = text(one.resolve("cmdline"));
                if (arguments.contains(MARK)) {
                    seen.add(arguments.replace('\0', ' '));
                }
            }
        }
    }

    /** {@code program: variable} for each variable that has a secret in it. */
    private static void environments(ProcessHandle program, Set<String> seen) {
        try (Stream<ProcessHandle> all = Stream.concat(Stream.of(program), program.descendants())) {
            for (ProcessHandle one : all.toList()) {
                Path proc = Path.of("/proc/" + one.pid());
                String name = text(proc.resolve("comm")).strip();
                for (String variable : text(proc.resolve("environ")).split("\0", -1)) {
                    // Until a started process is its program it has its parent's name and
                    // variables.
                    if (variable.contains(MARK) && !name.isEmpty() && !name.matches("jspawn.*")) {
                        seen.add(name + ": " + variable.replaceFirst("=.*", ""));
                    }
                }
            }
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // it ended meanwhile
        }
    }

    /** Files below the folder, changed since, that hold a mark and are not the project's own. */
    private static List<String> found(Path folder, Instant since) throws IOException {
        List<String> found = new ArrayList<>();
        byte[] mark = MARK.getBytes(StandardCharsets.US_ASCII);
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        boolean mine =
                                attributes.isRegularFile()
                                        && !INPUTS.contains(file.getFileName().toString())
                                        && attributes.lastModifiedTime().toInstant().isAfter(since)
                                        && attributes.size() < 20_000_000;
                        if (mine && holds(file, mark)) {
                            found.add(file.toString());
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE; // gone meanwhile
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path dir, @org.jspecify.annotations.Nullable IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found;
    }

    private static boolean holds(Path file, byte[] mark) {
        String text = new String(bytes(file), StandardCharsets.ISO_8859_1);
        return text.contains(new String(mark, StandardCharsets.ISO_8859_1));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
