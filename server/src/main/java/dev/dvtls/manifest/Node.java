package dev.dvtls.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A node of the DAG: a model, seed, snapshot or source table.
 *
 * @param uniqueId dbt's: {@code model.<project>.<name>}, {@code source.<project>.<source>.<table>}
 * @param name of a model, seed or snapshot; of a source, its table
 * @param sourceName of a source; else empty
 * @param file the file that defines it; for a source its YAML
 * @param place where in the file (0 for whole-file nodes; for a source its table's name in the
 *     YAML)
 * @param config merged: project tree, properties, in-file; plain values. {@code materialized} is
 *     always there for models
 * @param dependsOn unique ids of what it reads and the project has, sorted
 * @param relation where it lands or lives
 * @param deprecationDate of a model, as its properties write it: nobody shall read it from then on
 */
public record Node(
        String uniqueId,
        Kind kind,
        String packageName,
        String name,
        Optional<String> sourceName,
        Optional<String> version,
        Path file,
        int place,
        Map<String, Object> config,
        List<String> tags,
        String description,
        List<Column> columns,
        Set<String> dependsOn,
        RelationName relation,
        Optional<String> deprecationDate) {

    /** What a node is. */
    public enum Kind {
        MODEL,
        SEED,
        SNAPSHOT,
        SOURCE;

        /** dbt's word, as in unique ids. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A column from properties. */
    public record Column(String name, Optional<String> dataType, String description) {}

    /**
     * The names that a relation is built from, before a target is chosen.
     *
     * @param customSchema the config's {@code schema} (models, seeds), or a source's own schema
     * @param connection output of the profile where a source lives, or where a model or seed lands
     *     (its config's {@code target}); empty: the run's target
     */
    public record RelationName(
            Optional<String> database,
            Optional<String> customSchema,
            String identifier,
            Optional<String> connection) {

        /**
         * dbt's default naming of schemas ({@code generate_schema_name}): the target's schema, with
         * {@code _<custom schema>} behind it where the config has one.
         */
        public static String schemaName(String targetSchema, Optional<String> customSchema) {
            return customSchema
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .map(s -> targetSchema + "_" + s)
                    .orElse(targetSchema);
        }
    }

    /**
     * The schema that the node lands or lives in, on a target with this schema: a source's own, as
     * written; of the others by dbt's default naming.
     */
    public String schemaOn(String targetSchema) {
        return kind == Kind.SOURCE
                ? relation.customSchema().orElse(targetSchema)
                : RelationName.schemaName(targetSchema, relation.customSchema());
    }

    public boolean isPython() {
        return file.getFileName().toString().endsWith(".py");
    }

    public String materialized() {
        return String.valueOf(config.getOrDefault("materialized", "table"));
    }
}
