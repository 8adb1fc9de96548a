package dev.dvtls.lsp;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.SemanticTokensParams;

/**
 * Measures what a keystroke costs in projects of different sizes: from the edit to the answer that
 * an editor waits for. One server a project, all in this process, keys in turn, so that a machine
 * that is busy for a while is busy for all of them.
 *
 * <p>usage: KeystrokeBench KEYS FOLDER MODELS...
 */
final class KeystrokeBench {
    private static final int WARM_UP = 100;
    private static final String EDITED = "models/edited.py";
    private static final String TEXT =
            """
            # A comment
            def model(dbt, session):
                orders = dbt.ref("m0").df()
                more = dbt.ref("m1").df()
                return orders.merge(more, on="id")
            """;

    private KeystrokeBench() {}

    /** What is typed, and what the editor asks then. */
    private enum Key {
        COMMENT("a letter in a comment: problems", 0, 11) {
            @Override
            void ask(TestServer lsp) {
                problems(lsp);
            }
        },
        REFERENCE("a letter in a ref's name: problems", 2, 24) {
            @Override
            void ask(TestServer lsp) {
                problems(lsp);
            }
        },
        COMPLETION("a letter in a ref's name: completion", 2, 24) {
            @Override
            void ask(TestServer lsp) {
                var unused =
                        TestServer.get(
                                lsp.server
                                        .getTextDocumentService()
                                        .completion(
                                                new CompletionParams(
                                                        lsp.id(EDITED), new Position(2, 24))));
            }
        },
        TOKENS("a letter in a comment: colours", 0, 11) {
            @Override
            void ask(TestServer lsp) {
                var unused =
                        TestServer.get(
                                lsp.server
                                        .getTextDocumentService()
                                        .semanticTokensFull(
                                                new SemanticTokensParams(lsp.id(EDITED))));
            }
        };

        private final String label;
        private final int line;
        private final int column;

        Key(String label, int line, int column) {
            this.label = label;
            this.line = line;
            this.column = column;
        }

        abstract void ask(TestServer lsp);

        /** Types the letter, asks, and takes it back. */
        long nanos(TestServer lsp) {
            long start = System.nanoTime();
            lsp.change(EDITED, line, column, column, "x");
            ask(lsp);
            long nanos = System.nanoTime() - start;
            lsp.change(EDITED, line, column, column + 1, "");
            problems(lsp);
            return nanos;
        }

        private static void problems(TestServer lsp) {
            var unused =
                    TestServer.get(
                            lsp.server
                                    .getTextDocumentService()
                                    .diagnostic(new DocumentDiagnosticParams(lsp.id(EDITED))));
        }
    }

    public static void main(String[] args) throws Exception {
        int keys = Integer.parseInt(args[0]);
        Map<Integer, TestServer> servers = new LinkedHashMap<>();
        for (String size : Arrays.asList(args).subList(2, args.length)) {
            int models = Integer.parseInt(size);
            Path root = project(Path.of(args[1]).resolve("of" + models), models);
            TestServer lsp =
                    TestServer.in(root).access(new DiskProjects()).pull().start().lenient();
            lsp.open(EDITED, TEXT);
            servers.put(models, lsp);
        }
        System.out.printf("%-40s", "milliseconds, median of " + keys);
        servers.keySet().forEach(models -> System.out.printf("%,14d", models));
        System.out.printf("%18s%n", "largest/smallest");
        for (Key key : Key.values()) {
            print(key, keys, servers);
        }
        for (TestServer lsp : servers.values()) {
            lsp.close();
        }
    }

    private static void print(Key key, int keys, Map<Integer, TestServer> servers) {
        Map<Integer, List<Long>> taken = new LinkedHashMap<>();
        for (int i = 0; i < WARM_UP + keys; i++) {
            for (Map.Entry<Integer, TestServer> server : servers.entrySet()) {
                long nanos = key.nanos(server.getValue());
                if (i >= WARM_UP) {
                    taken.computeIfAbsent(server.getKey(), k -> new ArrayList<>()).add(nanos);
                }
            }
        }
        List<Double> medians =
                taken.values().stream()
                        .map(all -> all.stream().sorted().toList().get(all.size() / 2) / 1e6)
                        .toList();
        System.out.printf("%-40s", key.label);
        medians.forEach(median -> System.out.printf(Locale.ROOT, "%14.2f", median));
        double ratio = medians.get(medians.size() - 1) / medians.get(0);
        System.out.printf(Locale.ROOT, "%18.2f%n", ratio);
    }

    /** Models that read two others each; every tenth is described. */
    private static Path project(Path root, int models) throws Exception {
        StringBuilder properties = new StringBuilder("models:\n");
        for (int i = 0; i < models; i++) {
            Path file = root.resolve("models/part" + i / 50 + "/m" + i + ".py");
            Files.createDirectories(file.resolveSibling("."));
            String reads =
                    i == 0
                            ? "    return session.sql(\"select 1 as id\")\n"
                            : "    a = dbt.ref(\"m%d\").df()\n    return a.merge(dbt.ref(\"m%d\").df())\n"
                                    .formatted(i / 2, i / 3);
            Files.writeString(file, "def model(dbt, session):\n" + reads);
            if (i % 10 == 0) {
                properties.append("  - name: m").append(i).append("\n    description: d\n");
            }
        }
        Files.writeString(root.resolve("models/names.yml"), properties);
        Files.writeString(root.resolve("dbt_project.yml"), "name: p\nprofile: p\n");
        return root;
    }
}
