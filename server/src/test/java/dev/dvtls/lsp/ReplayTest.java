package dev.dvtls.lsp;

import dev.dvtls.run.LocalOutside;
import dev.dvtls.run.env.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that has lived through edits, files that come and go and lost order says what a server
 * says that is started now. The edits are the same ones in every run of the tests; others: {@code
 * -Ddvtls.replay=random}. A failure names its seed: {@code -Ddvtls.replay=SEED} does the same
 * again, and leaves out what does not matter.
 */
class ReplayTest {
    private static final Map<String, String> SHOP = Map.of("shop", "shop");
    private static final Map<String, String> STYLES = Map.of("styles", "styles");

    /** Side by side, and one within the other. */
    private static final Map<String, String> SEVERAL =
            new java.util.TreeMap<>(
                    Map.of("shop", "shop", "styles", "styles", "shop/models/inner", "shop"));

    @TempDir Path folder;

    @Test
    void theShop() throws Exception {
        replay(SHOP, 20);
    }

    @Test
    void theStyles() throws Exception {
        replay(STYLES, 6);
    }

    @Test
    void severalProjects() throws Exception {
        replay(SEVERAL, 6);
    }

    @Test
    @Tag("heavy")
    void theShopForLong() throws Exception {
        replay(SHOP, 250);
    }

    @Test
    @Tag("heavy")
    void severalProjectsForLong() throws Exception {
        replay(SEVERAL, 60);
    }

    private void replay(Map<String, String> workspace, int batches) throws Exception {
        Optional<Long> wanted = Optional.ofNullable(Long.getLong("dvtls.replay"));
        boolean random = "random".equals(System.getProperty("dvtls.replay"));
        long seed = wanted.orElseGet(() -> random ? new Random().nextLong(1_000_000) : batches);
        ReplayServers servers =
                new ReplayServers(
                        LocalOutside.waiting(Optional.empty(), Machine.here()),
                        Duration.ofSeconds(wanted.isPresent() ? 2 : 60));
        Replay replay = new Replay(seed, workspace, batches, 8);
        Replay.Outcome outcome = replay.run(folder.resolve("first"), servers);
        if (!outcome.differences().isEmpty() && wanted.isPresent()) {
            outcome = replay.shrunk(folder, servers, outcome);
        }
        if (!outcome.differences().isEmpty()) {
            throw new AssertionError(
                    "The server does not say what a fresh one says. Replay with -Ddvtls.replay="
                            + seed
                            + "\n\nSteps:\n"
                            + lines(outcome.steps())
                            + "\n\nDifferences:\n"
                            + lines(outcome.differences()));
        }
    }

    private static String lines(List<?> all) {
        return all.stream().map(String::valueOf).collect(Collectors.joining("\n"));
    }
}
