package dev.dvtls.run;

import dev.dvtls.cache.FixtureFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Selector;
import dev.dvtls.run.Engine.RunRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Saves what models read as files for version control. */
record FixtureSave(RunContext run, Upstreams upstreams, FixtureOptions options) {

    List<SavedFixtures> all(List<Node> selected) throws RunRefused, InterruptedException {
        List<Node> models =
                selected.stream().filter(node -> node.kind() == Node.Kind.MODEL).toList();
        if (models.isEmpty()) {
            throw new RunRefused(
                    "The selection has no model. Fixtures are what a model reads: select the model"
                            + " that is to be worked on.");
        }
        return new EachNode<>(run, this::one).all(models);
    }

    private SavedFixtures one(Node model)
            throws ModelFailure, CancelledException, InterruptedException {
        Fixtures fixtures = new Fixtures(run.manifest(), model);
        List<Node> reads = reads(fixtures);
        refuseOneFileForTwo(model, reads);
        List<SavedFixtures.One> saved = new ArrayList<>();
        try {
            for (Node read : reads) {
                run.checkCancelled();
                Optional<Path> there = there(fixtures.folder(), read);
                saved.add(
                        there.isPresent()
                                ? new SavedFixtures.One(RunPlan.name(read), there.get(), 0, 0, true)
                                : save(fixtures.folder(), read, upstreams.get(model, read)));
            }
        } catch (IOException e) {
            throw ModelFailure.of(
                    "io-error",
                    "The fixtures of '"
                            + model.name()
                            + "' could not be written: "
                            + DiskTrouble.explained(e, fixtures.folder()));
        }
        return new SavedFixtures(model.uniqueId(), model.name(), fixtures.folder(), saved);
    }

    /** Read too, whatever the models' texts tell. */
    private List<Node> also() throws ModelFailure {
        try {
            return options.also().isEmpty()
                    ? List.of()
                    : Selector.select(run.manifest(), options.also(), List.of()).stream()
                            .flatMap(id -> run.manifest().node(id).stream())
                            .toList();
        } catch (Selector.UnknownSelection e) {
            throw ModelFailure.of("upstream-missing", e.getMessage());
        }
    }

    private List<Node> reads(Fixtures fixtures) throws ModelFailure {
        return Stream.concat(fixtures.reads().stream(), also().stream())
                .filter(node -> !node.uniqueId().equals(fixtures.model().uniqueId()))
                .distinct()
                .sorted(Comparator.comparing(Fixtures::fileName))
                .toList();
    }

    private Optional<Path> there(Path folder, Node read) {
        return options.replace()
                ? Optional.empty()
                : FixtureFile.find(folder, Fixtures.fileName(read)).map(FixtureFile::file);
    }

    private SavedFixtures.One save(Path folder, Node read, String sql) throws IOException {
        String name = Fixtures.fileName(read);
        String first = FixtureFile.first(sql, options.limit());
        long rows = FixtureFile.write(folder, name, options.format(), first);
        return new SavedFixtures.One(
                RunPlan.name(read),
                folder.resolve(name + options.format().ending()),
                rows,
                rows < options.limit() ? rows : PreviewRun.count(sql),
                false);
    }

    /** Some file systems hold names for one that differ in case alone. */
    private static void refuseOneFileForTwo(Node model, List<Node> reads) throws ModelFailure {
        Map<String, Node> seen = new TreeMap<>();
        for (Node read : reads) {
            Node other = seen.put(Fixtures.fileName(read).toLowerCase(Locale.ROOT), read);
            if (other != null) {
                throw ModelFailure.of(
                        "io-error",
                        "'"
                                + model.name()
                                + "' reads both "
                                + other.uniqueId()
                                + " and "
                                + read.uniqueId()
                                + ", whose fixtures would be one file. Rename one of them.");
            }
        }
    }
}
