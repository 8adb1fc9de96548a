package dev.dvtls.run;

import dev.dvtls.cache.Age;
import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.CacheReader;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.cache.FixtureFile;
import dev.dvtls.manifest.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a model reads, out of its fixtures. */
record FixtureRead(RunContext run, Node model, Node node) {
    /**
     * @param sql DuckDB's
     * @param at when the file was last written
     */
    record Rows(String sql, Instant at) {}

    Rows rows() throws ModelFailure, CancelledException, IOException {
        run.checkCancelled();
        Fixtures fixtures = new Fixtures(run.manifest(), model);
        String name = Fixtures.fileName(node);
        Path file =
                FixtureFile.find(fixtures.folder(), name)
                        .map(FixtureFile::file)
                        .orElseThrow(() -> missing(fixtures.folder().resolve(name + ".csv")));
        run.events()
                .accept(
                        new RunEvent.StageStarted(
                                model.uniqueId(),
                                RunEvent.Stage.EXTRACT,
                                RunPlan.name(node) + " from " + shown(file)));
        Path copies = run.work().path().resolve(Fixtures.FOLDER);
        Path own = copies.resolve(Fixtures.fileName(model)).resolve(name);
        try {
            String sql = new FixtureFile(file).copied(own).sql();
            tellIfUnlike(file, sql);
            return new Rows(sql, Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            throw ModelFailure.of(
                            "fixture-unreadable",
                            shown(file)
                                    + " cannot be read: "
                                    + e.getMessage()
                                    + ". Mend it, or save it anew: "
                                    + save(" --replace"))
                    .about(node);
        }
    }

    private ModelFailure missing(Path file) {
        if (model.kind() != Node.Kind.MODEL) {
            return ModelFailure.of(
                    "fixture-missing",
                    "'" + RunPlan.name(model) + "' is no model: only those have fixtures.");
        }
        return ModelFailure.of(
                        "fixture-missing",
                        "'"
                                + model.name()
                                + "' has no fixture of '"
                                + RunPlan.name(node)
                                + "' ("
                                + shown(file)
                                + "). Save it while its database can be reached, or write the file"
                                + " by hand: "
                                + save(""))
                .about(node);
    }

    private String save(String how) {
        boolean known =
                new Fixtures(run.manifest(), model)
                        .reads().stream().anyMatch(read -> read.uniqueId().equals(node.uniqueId()));
        return "dvt-ls fixture --select "
                + model.name()
                + (known ? "" : " --also " + selector())
                + how
                + ".";
    }

    private String selector() {
        return (node.kind() == Node.Kind.SOURCE ? "source:" : "") + RunPlan.name(node);
    }

    private String shown(Path file) {
        return run.manifest().project().root().relativize(file).toString().replace('\\', '/');
    }

    /** By the names of the columns that the relation had when it was last read or loaded. */
    private void tellIfUnlike(Path file, String sql) throws IOException {
        Optional<CachedRelation> known =
                run.cache().find(new CacheKey(run.profile(), run.output(node), node.uniqueId()));
        if (known.isEmpty()) {
            return;
        }
        Set<String> now = names(known.get().columns());
        Set<String> then = names(columns(sql));
        String lost = without(now, then);
        String gone = without(then, now);
        if (!lost.isEmpty() || !gone.isEmpty()) {
            run.warn(
                    model,
                    shown(file)
                            + " is unlike "
                            + RunPlan.name(node)
                            + " as it was last read or loaded ("
                            + Age.of(known.get().at(), Instant.now())
                            + ")"
                            + (lost.isEmpty() ? "" : "; columns that it lacks: " + lost)
                            + (gone.isEmpty() ? "" : "; columns that are no more: " + gone)
                            + ". Mend it, or save it anew: "
                            + save(" --replace"));
        }
    }

    private static List<Column> columns(String sql) throws IOException {
        try (CacheReader reader = CacheReader.open()) {
            return reader.query(sql, 0).columns();
        } catch (CacheReader.QueryRefused e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Databases compare them without case. */
    private static Set<String> names(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String without(Set<String> names, Set<String> others) {
        return names.stream()
                .filter(name -> !others.contains(name))
                .collect(Collectors.joining(", "));
    }
}
