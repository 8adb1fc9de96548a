package dev.dvtls.project;

import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a YAML file says of models, seeds, snapshots, sources and exposures.
 *
 * @param mentions where its texts name nodes
 * @param oddKeys found while it was read, as a check of the project looks at every file
 * @param readable false when it is not valid YAML: all of it is but what can be guessed
 * @param problems YAML errors, and entries that cannot be used
 */
public record PropertiesFile(
        Path file,
        List<Described> described,
        List<Source> sources,
        List<Exposure> exposures,
        List<Mention> mentions,
        List<OddKey> oddKeys,
        boolean readable,
        List<FileProblem> problems) {

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
     * @param relation what a snapshot without a SQL file keeps: it is defined by its entry
     */
    public record Described(
            Section section,
            Name name,
            String description,
            List<Column> columns,
            Map<String, Object> config,
            Optional<String> latestVersion,
            Optional<String> deprecationDate,
            List<Version> versions,
            Optional<Mention> relation) {}

    /** A name with its place. */
    public record Name(String text, Span span) {}

    /**
     * {@code ref('x')} or {@code source('s', 't')} in a text, or a unit test's {@code model: x}.
     *
     * @param names of a source two; of a model one, or a package and one
     */
    public record Mention(boolean source, List<Name> names, Optional<String> version, Role role) {}

    /** How a text names a node. */
    public enum Role {
        /** It is nothing but the call: dbt reads it as one. */
        ALONE,
        /** The call is a part of it. */
        INSIDE,
        UNIT_TEST
    }

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
            Map<String, Object> config,
            Optional<String> deprecationDate) {}

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

    /**
     * What is made of models outside of the project: a dashboard, a notebook, an application.
     *
     * @param label as people call it; empty: the name
     * @param type dbt's word: {@code dashboard}, {@code ml}
     * @param owner a name, or an address
     * @param reads what {@code depends_on} names
     */
    public record Exposure(
            Name name,
            String label,
            String type,
            String url,
            String owner,
            String description,
            Map<String, Object> config,
            List<Mention> reads) {}
}
