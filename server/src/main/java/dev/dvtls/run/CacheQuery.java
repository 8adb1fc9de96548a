package dev.dvtls.run;

import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.CacheReader;
import dev.dvtls.cache.CacheReader.Preview;
import dev.dvtls.cache.CacheReader.QueryRefused;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.cache.DvtFolder;
import dev.dvtls.cache.ParquetCache;
import dev.dvtls.cache.WorkFolder;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Nearest;
import dev.dvtls.manifest.Node;
import dev.dvtls.project.Profile;
import dev.dvtls.run.Engine.RunRefused;
import dev.dvtls.sql.QueryText;
import dev.dvtls.sql.SqlNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks the cache, in DuckDB's SQL and by the names that models know. Databases are not asked. */
public final class CacheQuery {
    /**
     * A relation that was asked.
     *
     * @param at when it was last written
     */
    public record Asked(String name, Instant at) {}

    /**
     * @param more there are rows beyond those asked for
     */
    public record Answer(Preview rows, boolean more, List<Asked> asked) {}

    private static final Pattern MISSING =
            Pattern.compile("Table with name \"?([^\\s\"]+)\"? does not exist");

    private final Surroundings surroundings;

    CacheQuery(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public static CacheQuery create() {
        return new CacheQuery(new ProjectSurroundings());
    }

    /**
     * @param request its project, profile, target and variables
     * @throws RunRefused a sentence: no such relation, or DuckDB's own words
     */
    public Answer ask(RunRequest request, String sql, int limit)
            throws RunRefused, InterruptedException {
        Manifest manifest = surroundings.manifest(request);
        Path root = manifest.project().root();
        try {
            DvtFolder dvt = DvtFolder.open(root);
            try (WorkFolder work = WorkFolder.open(dvt)) {
                return ask(request, manifest, dvt, work, sql, limit);
            }
        } catch (IOException e) {
            throw new RunRefused(String.valueOf(e.getMessage()));
        }
    }

    private Answer ask(
            RunRequest request,
            Manifest manifest,
            DvtFolder dvt,
            WorkFolder work,
            String sql,
            int limit)
            throws RunRefused, InterruptedException, IOException {
        Map<String, String> environment =
                LocalEngine.environment(manifest.project().root(), request);
        if (QueryText.isBlank(QueryText.withoutSemicolon(sql)) || QueryText.isSeveral(sql)) {
            throw new RunRefused(
                    "Ask one query: dvt-ls sql \"select count(*) from __model__orders\"");
        }
        Profile profile = surroundings.profile(manifest, request, environment);
        String target = new TargetName(surroundings, request, manifest).of(profile, environment);
        Map<String, Node> nodes = new LinkedHashMap<>(); // by lower-case session name
        manifest.nodes().forEach(node -> nodes.put(lower(Relations.view(node)), node));
        ParquetCache cache = ParquetCache.open(dvt);
        Known known = new Known(profile, target, cache, nodes);
        Map<String, CachedRelation> views = new LinkedHashMap<>();
        List<Asked> asked = new ArrayList<>();
        for (String name : named(sql)) {
            Node node = nodes.get(name);
            if (node == null) {
                throw new RunRefused(known.unknown(name));
            }
            CachedRelation relation =
                    cache.pin(known.key(node), work)
                            .orElseThrow(() -> new RunRefused(notCached(node, target)));
            views.put(Relations.view(node), relation);
            asked.add(new Asked(Relations.view(node), relation.at()));
        }
        try (CacheReader reader = CacheReader.over(views, work.path().resolve("spill"))) {
            Preview rows = reader.query(sql, limit + 1);
            boolean more = rows.rows().size() > limit;
            Preview shown =
                    more ? new Preview(rows.columns(), rows.rows().subList(0, limit)) : rows;
            return new Answer(shown, more, List.copyOf(asked));
        } catch (QueryRefused e) {
            Matcher missing = MISSING.matcher(String.valueOf(e.getMessage()));
            throw new RunRefused(
                    missing.find()
                            ? known.missing(missing.group(1))
                            : String.valueOf(e.getMessage()));
        }
    }

    private static Set<String> named(String sql) {
        return SqlNames.tables(sql).stream()
                .map(found -> lower(found.name()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * What can be asked.
     *
     * @param nodes by the lower-case name of the session
     */
    private record Known(
            Profile profile, String target, ParquetCache cache, Map<String, Node> nodes) {
        /** Often somebody writes the plain name of a model or a source. */
        String missing(String name) throws IOException {
            String there = "There is no table " + name + " in the cache. ";
            if (nodes.containsKey("__model__" + lower(name))) {
                return there + "Models and seeds have a prefix here: __model__" + name + ".";
            }
            String source = name.replace(".", "__");
            return nodes.containsKey(lower(source))
                    ? there + "Sources are written so here: " + source + "."
                    : unknown(name);
        }

        CacheKey key(Node node) {
            return new CacheKey(
                    profile.name(), node.relation().connection().orElse(target), node.uniqueId());
        }

        String unknown(String name) throws IOException {
            Set<String> cached = new TreeSet<>();
            for (Node node : nodes.values()) {
                if (cache.find(key(node)).isPresent()) {
                    cached.add(Relations.view(node));
                }
            }
            List<String> near = Nearest.among(cached).to(name);
            return "The cache of target '"
                    + target
                    + "' has no "
                    + name
                    + "."
                    + (near.isEmpty() ? "" : " Did you mean " + String.join(", ", near) + "?")
                    + (cached.isEmpty()
                            ? " It is empty: dvt-ls run fills it."
                            : " It has " + some(cached) + ".");
        }
    }

    private static String some(Set<String> names) {
        int most = 8;
        String shown = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.size() > most ? shown + " and " + (names.size() - most) + " more" : shown;
    }

    private static String notCached(Node node, String target) {
        String run =
                node.kind() == Node.Kind.MODEL || node.kind() == Node.Kind.SEED
                        ? " Run it, or a model that reads it: dvt-ls run --select " + node.name()
                        : " A run of a model that reads it brings it there.";
        return RunPlan.name(node)
                + " is not in the cache of target '"
                + target
                + "' yet."
                + run
                + (run.endsWith(".") ? "" : "+");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
