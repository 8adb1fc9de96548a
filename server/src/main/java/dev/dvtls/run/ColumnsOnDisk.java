package dev.dvtls.run;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.dvtls.cache.CacheGlance;
import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.cache.FileMemory;
import dev.dvtls.manifest.KnownColumns;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.project.Profile;
import dev.dvtls.project.ProfileReader;
import dev.dvtls.project.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Columns from a project's files: what the cache holds of the last run, a seed's header, what
 * properties add. Each file is read once a version. No database is asked, and nothing is started.
 */
public final class ColumnsOnDisk implements KnownColumns {
    private final CacheGlance cache = new CacheGlance();
    private final FileMemory<Optional<Profile>> profiles = new FileMemory<>();
    private final FileMemory<ConcurrentMap<Character, List<String>>> headers = new FileMemory<>();
    private final Function<Path, Optional<String>> target;
    private final Map<String, String> environment;

    /**
     * @param target the output that models of a project are run on, where the user has chosen one
     */
    public ColumnsOnDisk(Function<Path, Optional<String>> target, Map<String, String> environment) {
        this.target = target;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Known of(Manifest manifest, Node node) {
        Optional<CachedRelation> cached = cached(manifest.project(), node);
        if (cached.isPresent()) {
            return known(columns(cached.get()), node);
        }
        return node.kind() == Node.Kind.SEED
                ? known(header(node), node)
                : new Known(node.columns(), false);
    }

    /** The profile of a project, connections' secrets included: show names only. */
    public Optional<Profile> profile(Project project) {
        Path home = Path.of(System.getProperty("user.home", "."));
        for (Path place :
                ProfileReader.places(Optional.empty(), environment, project.root(), home)) {
            Optional<Optional<Profile>> found =
                    profiles.get(
                            place.resolve("profiles.yml"),
                            file ->
                                    ProfileReader.read(project, Optional.of(place), environment)
                                            .profile());
            if (found.isPresent()) {
                // Several projects may share the file.
                return found.get().filter(p -> p.name().equals(project.profile())).isPresent()
                        ? found.get()
                        : ProfileReader.read(project, Optional.of(place), environment).profile();
            }
        }
        return Optional.empty();
    }

    /** The output of the profile where a node lands or lives; empty when only a run can know. */
    public Optional<String> output(Project project, Node node) {
        return node.relation()
                .connection()
                .or(() -> target.apply(project.root()))
                .or(() -> profile(project).map(Profile::target))
                .filter(name -> !name.contains("{{"));
    }

    /** What the cache holds of a node, on the target that the user works with. */
    public Optional<CachedRelation> cached(Project project, Node node) {
        Optional<String> output = output(project, node);
        return output.isPresent()
                ? cache.find(
                        project.root(),
                        new CacheKey(project.profile(), output.get(), node.uniqueId()))
                : cache.newest(project.root(), project.profile(), node.uniqueId());
    }

    static List<Node.Column> columns(CachedRelation cached) {
        return cached.columns().stream()
                .map(c -> new Node.Column(c.name(), Optional.of(c.type()), ""))
                .toList();
    }

    /** The relation's own columns, with what properties say of them, then those only said. */
    private static Known known(List<Node.Column> own, Node node) {
        Map<String, Node.Column> all = new LinkedHashMap<>();
        own.forEach(column -> all.put(fold(column.name()), column));
        for (Node.Column said : node.columns()) {
            all.merge(
                    fold(said.name()),
                    said,
                    (there, more) ->
                            new Node.Column(
                                    there.name(),
                                    there.dataType().or(more::dataType),
                                    more.description()));
        }
        return new Known(List.copyOf(all.values()), !own.isEmpty());
    }

    private List<Node.Column> header(Node seed) {
        Map<String, Object> config = seed.config();
        List<Node.Column> columns = new ArrayList<>();
        char delimiter =
                Optional.ofNullable(config.get("delimiter"))
                        .map(Object::toString)
                        .filter(d -> d.length() == 1)
                        .map(d -> d.charAt(0))
                        .orElse(',');
        Map<?, ?> types = config.get("column_types") instanceof Map<?, ?> map ? map : Map.of();
        List<String> names =
                headers.get(seed.file(), file -> new ConcurrentHashMap<>())
                        .map(known -> known.computeIfAbsent(delimiter, d -> header(seed.file(), d)))
                        .orElse(List.of());
        for (String name : names) {
            Optional<String> type = Optional.ofNullable(types.get(name)).map(Object::toString);
            columns.add(new Node.Column(name, type, ""));
        }
        return columns;
    }

    private static List<String> header(Path file, char delimiter) {
        try (CsvReader<CsvRecord> records =
                CsvReader.builder()
                        .fieldSeparator(delimiter)
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .detectBomHeader(true)
                        .ofCsvRecord(file)) {
            var rows = records.iterator();
            return rows.hasNext() ? List.copyOf(rows.next().getFields()) : List.of();
        } catch (CsvParseException | IOException | UncheckedIOException e) {
            return List.of(); // a run tells what is wrong with it
        }
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
