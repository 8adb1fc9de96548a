package dev.dvtls.manifest;

import dev.dvtls.project.PropertiesFile;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.Optional;

/**
 * One place in a file that reads another node.
 *
 * @param span the whole call, or the table's name inside a SQL string
 * @param names the parts that name the target, in order: for {@code ref("m")} the content of {@code
 *     "m"}; for {@code ref("pkg", "m")} both; for {@code source("s", "t")} both. A name that came
 *     through a constant or a loop has the span of the argument expression
 * @param written for each of the names, the literal that its characters stand in, without quotes,
 *     also where it came through a constant or a loop; empty where a text is put together
 */
public record Reference(
        Target target, Origin origin, Span span, List<Span> names, List<Optional<Span>> written) {

    /** What is read. */
    public sealed interface Target {
        static Target of(PropertiesFile.Mention mention) {
            List<PropertiesFile.Name> names = mention.names();
            String last = names.get(names.size() - 1).text();
            Optional<String> first =
                    names.size() > 1 ? Optional.of(names.get(0).text()) : Optional.empty();
            return mention.source()
                    ? new SourceTarget(first.orElse(""), last)
                    : new ModelTarget(first, last, mention.version());
        }
    }

    /** {@code ref()}, or {@code __model__name} in a session's SQL. */
    public record ModelTarget(Optional<String> packageName, String name, Optional<String> version)
            implements Target {
        public static ModelTarget of(String name) {
            return new ModelTarget(Optional.empty(), name, Optional.empty());
        }
    }

    /** {@code source()}. */
    public record SourceTarget(String source, String table) implements Target {}

    /**
     * {@code a__b} in a session's SQL: a source's table when the project has it, else any table.
     */
    public record SessionTable(String name) implements Target {}

    /** How the text reads it. */
    public enum Origin {
        /** A call of {@code dbt.ref()}/{@code dbt.source()}, or {@code {{ ref() }}}. */
        CALL,
        /** A table name in a SQL string given to the session. */
        SESSION_SQL,
        /** {@code ref('x')} in a text of a properties file; reads nothing by itself. */
        YAML
    }
}
