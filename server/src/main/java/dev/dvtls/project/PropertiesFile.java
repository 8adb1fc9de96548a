package dev.dvtls.project;

import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a YAML file says of models, seeds, snapshots and sources.
 *
 * @param problems YAML errors, and entries that cannot be used
 */
public record PropertiesFile(
        Path file, List<Described> described, List<Source> sources, List<FileProblem> problems) {

    /** Which list an entry stands in. */
    public enum Section {
        MODELS,
        SEEDS,
        SNAPSHOTS
    }

    /**
     * Properties of one node.
     *
     * @param name its span is where a definition leads
     * @param config {@code config:}, and tags that stand outside of it
     * @param latestVersion empty: the highest
     */
    public record Described(
            Section section,
            Name name,
            String description,
            List<Column> columns,
            Map<String, Object> config,
            Optional<String> latestVersion,
            List<Version> versions) {}

    /** A name with its place. */
    public record Name(String text, Span span) {}

    public record Column(String name, Optional<String> dataType, String description) {}

    /**
     * A version of a model.
     *
     * @param definedIn the file's stem; {@code <name>_v<version>} when not said
     */
    public record Version(
            String version,
            Optional<String> definedIn,
            Optional<String> description,
            List<Column> columns,
            Map<String, Object> config) {}

    /** A source and its tables. */
    public record Source(Name name, List<Table> tables) {}

    /**
     * A source's table, what the source says included.
     *
     * @param schema the source's name when not said, as in dbt
     * @param connection output of the profile where it lives
     */
    public record Table(
            Name name,
            String identifier,
            String schema,
            Optional<String> database,
            Optional<String> connection,
            String description,
            List<Column> columns,
            Map<String, Object> config) {}
}
