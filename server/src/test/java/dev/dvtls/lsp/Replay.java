package dev.dvtls.lsp;

import dev.dvtls.text.LineIndex.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Random things done to a copy of a workspace. All that happens follows from the seed.
 *
 * @param workspace folders of {@code test-workspaces} that are copied, by their place
 * @param batches after each of which everything is compared
 */
record Replay(long seed, Map<String, String> workspace, int batches, int steps) {
    private static final Path WORKSPACES = Path.of("../test-workspaces").toAbsolutePath();

    private static final List<Encoding> ENCODINGS =
            List.of(Encoding.UTF_8, Encoding.UTF_16, Encoding.UTF_32);

    /** What was done, and how it ended: no differences, or those of the last comparison. */
    record Outcome(List<ReplayStep> steps, List<String> differences) {}

    Outcome run(Path folder, ReplayServers servers) throws Exception {
        Random random = new Random(seed);
        try (ReplayEditor editor = editor(folder, servers)) {
            ReplaySteps choice = new ReplaySteps(random, editor, List.copyOf(workspace.keySet()));
            List<ReplayStep> done = new ArrayList<>();
            for (int batch = 0; batch < batches; batch++) {
                for (int i = random.nextInt(2 * steps); i >= 0; i--) {
                    ReplayStep step = choice.next();
                    done.add(step);
                    editor.apply(step);
                }
                ReplayStep compare = new ReplayStep.Compare(random.nextLong());
                done.add(compare);
                List<String> differences = editor.apply(compare);
                if (!differences.isEmpty()) {
                    return new Outcome(done, differences);
                }
            }
            return new Outcome(done, List.of());
        }
    }

    /** Does the steps alone. */
    Outcome again(Path folder, ReplayServers servers, List<ReplayStep> steps) throws Exception {
        try (ReplayEditor editor = editor(folder, servers)) {
            for (ReplayStep step : steps) {
                List<String> differences = editor.apply(step);
                if (!differences.isEmpty()) {
                    return new Outcome(steps, differences);
                }
            }
            return new Outcome(steps, List.of());
        }
    }

    /** Fewer steps that end in a difference as well. */
    Outcome shrunk(Path folder, ReplayServers servers, Outcome failed) throws Exception {
        Outcome best = failed;
        int run = 0;
        for (int part = Math.max(1, best.steps().size() / 2); part >= 1; part /= 2) {
            for (int at = best.steps().size() - 1 - part; at >= 0; at -= part) {
                List<ReplayStep> fewer = new ArrayList<>(best.steps());
                // The comparison at the end stays.
                fewer.subList(at, Math.min(at + part, fewer.size() - 1)).clear();
                Outcome outcome = again(folder.resolve("shrink" + run++), servers, fewer);
                if (!outcome.differences().isEmpty()) {
                    best = outcome;
                }
            }
        }
        return best;
    }

    private ReplayEditor editor(Path folder, ReplayServers servers) throws Exception {
        Random random = new Random(seed);
        for (Map.Entry<String, String> copy : workspace.entrySet()) {
            copy(WORKSPACES.resolve(copy.getValue()), folder.resolve(copy.getKey()));
        }
        Encoding encoding = ENCODINGS.get(random.nextInt(ENCODINGS.size()));
        return new ReplayEditor(
                new ReplayDisk(folder.toRealPath()),
                List.copyOf(workspace.keySet()),
                encoding,
                random.nextBoolean(),
                servers);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                boolean results =
                        path.toString().matches(".*[/\\\\](\\.dvt|target|__pycache__)([/\\\\].*)?");
                Path copy = to.resolve(from.relativize(path).toString());
                if (!results && Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else if (!results) {
                    Files.copy(path, copy);
                }
            }
        }
    }
}
