package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.cache.FixtureFile.Format;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Engine;
import dev.dvtls.run.FixtureOptions;
import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunRequest;
import dev.dvtls.run.SavedFixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.lsp4j.MessageParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dvt.saveFixture} over the protocol, with an engine that does what the test says. */
class SaveFixtureTest {
    @TempDir Path folder;

    /** An engine that saves fixtures. */
    private interface Saving extends Engine {
        @Override
        default RunEvent.RunFinished run(
                RunRequest request, Consumer<RunEvent> events, Cancellation cancellation) {
            return new RunEvent.RunFinished(1, 0, 0, false, Duration.ZERO);
        }

        @Override
        List<SavedFixtures> saveFixtures(
                RunRequest request,
                FixtureOptions options,
                Consumer<RunEvent> events,
                Cancellation cancellation)
                throws RunRefused;
    }

    private TestServer start(Saving engine) throws Exception {
        TestServer lsp =
                TestServer.in(folder)
                        .project()
                        .file("models/orders.py", "def model(dbt, session):\n    return 1\n")
                        .engine(engine)
                        .start()
                        .lenient();
        lsp.openFromDisk("models/orders.py");
        return lsp;
    }

    private static String arguments(TestServer lsp, String more) {
        return "{\"uri\":\"" + lsp.uri("models/orders.py") + "\"" + more + "}";
    }

    private static List<SavedFixtures> saved(RunRequest request) {
        Path fixtures = request.projectDir().resolve("fixtures/orders");
        return List.of(
                new SavedFixtures(
                        "model.p.orders",
                        "orders",
                        fixtures,
                        List.of(
                                new SavedFixtures.One(
                                        "raw.t", fixtures.resolve("raw.t.csv"), 2, 10, false),
                                new SavedFixtures.One(
                                        "u", fixtures.resolve("u.csv"), 0, 0, true))));
    }

    @Test
    void answersWithTheFilesOfTheOpenModel() throws Exception {
        Saving engine =
                (request, options, events, cancellation) -> {
                    assertThat(request.select()).containsExactly("orders");
                    assertThat(options)
                            .isEqualTo(
                                    new FixtureOptions(
                                            2, Format.PARQUET, true, true, List.of("x")));
                    events.accept(
                            new RunEvent.ModelFailed(
                                    "model.p.late",
                                    RunEvent.Failure.of("upstream-missing", "Build it first."),
                                    Duration.ZERO));
                    return saved(request);
                };
        try (TestServer lsp = start(engine)) {
            String more =
                    ",\"limit\":2,\"format\":\"parquet\",\"refresh\":true,\"replace\":true,\"also\":\"x\"";
            String fixtures = lsp.uri("fixtures/orders");
            assertThat(lsp.execute("dvt.saveFixture", arguments(lsp, more)).toString())
                    .startsWith(
                            "{\"saved\":[{\"model\":\"model.p.orders\",\"name\":\"orders\","
                                    + "\"folder\":\""
                                    + fixtures
                                    + "\",\"files\":[{\"name\":\"raw.t\",\"uri\":\""
                                    + fixtures
                                    + "/raw.t.csv\",\"kept\":false,\"rows\":2,\"total\":10},"
                                    + "{\"name\":\"u\",\"uri\":\""
                                    + fixtures
                                    + "/u.csv\",\"kept\":true}]}],")
                    .contains("\"message\":\"Build it first.\"")
                    .endsWith("\"cancelled\":false}");
        }
    }

    @Test
    void tellsClientsThatDoNothingWithTheAnswer() throws Exception {
        Saving engine =
                (request, options, events, cancellation) -> {
                    assertThat(options)
                            .isEqualTo(
                                    new FixtureOptions(1000, Format.CSV, false, false, List.of()));
                    return saved(request);
                };
        try (TestServer lsp = start(engine)) {
            lsp.execute("dvt.saveFixture", arguments(lsp, ",\"show\":true"));
            assertThat(lsp.client.take(MessageParams.class, m -> true).getMessage())
                    .startsWith("orders\n")
                    .contains("raw.t.csv: the first 2 rows of 10\n")
                    .endsWith("u.csv: kept as it is");
        }
    }

    @Test
    void refusalsAreSentences() throws Exception {
        Saving engine =
                (request, options, events, cancellation) -> {
                    throw new Engine.RunRefused("There is no profile.");
                };
        try (TestServer lsp = start(engine)) {
            assertThatThrownBy(() -> lsp.execute("dvt.saveFixture", arguments(lsp, "")))
                    .hasMessageContaining("There is no profile.");
            assertThatThrownBy(
                            () ->
                                    lsp.execute(
                                            "dvt.saveFixture",
                                            arguments(lsp, ",\"format\":\"xls\"")))
                    .hasMessageContaining("format is csv or parquet, not xls");
        }
    }
}
