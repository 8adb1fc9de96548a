package dev.dvtls.run.transfer;

import dev.dvtls.run.Transfers.TransferException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a query, asked without running it or making anything: PostgreSQL describes them as
 * an XML schema. That leaves out only the precision of a type, which the values show.
 */
final class PgQuery {
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-F]{4,8})_");

    private record Element(
            String name, String type, @Nullable String catalog, @Nullable String typtype) {}

    private record Answer(List<Element> columns) {}

    private PgQuery() {}

    static List<PgTable.Field> fields(Sling.Target target, String sql, Programs programs)
            throws TransferException, InterruptedException {
        Answer answer =
                new com.google.gson.Gson()
                        .fromJson(
                                programs.sling()
                                        .queryJson(target, question(sql), programs.limits().data()),
                                Answer.class);
        return answer.columns().stream().map(PgQuery::field).toList();
    }

    private static String question(String sql) {
        return """
        select json_build_object('columns', (select json_agg(json_build_object(
            'name', e[1], 'type', e[2],
            'catalog', case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod)
              else format_type(t.oid, null) end,
            'typtype', t.typtype) order by nr)
          from regexp_matches(
            substring(cast(query_to_xmlschema(%s, true, false, E'') as text)
              from 'RowType.*?/xsd:sequence'),
            'element name="([^"]*)" type="([^"]*)"', 'g') with ordinality as r(e, nr)
          left join pg_namespace n on n.nspname = split_part(e[2], '.', 3)
          left join pg_type t on t.typnamespace = n.oid
            and t.typname = split_part(e[2], '.', 4)))::text as answer
        """
                .replaceAll("\\s+", " ")
                .formatted(PgText.literal(sql));
    }

    private static PgTable.Field field(Element element) {
        String type =
                element.catalog() != null
                        ? element.catalog()
                        : switch (element.type()) {
                            case "DOUBLE" -> "double precision";
                            case "VARCHAR" -> "character varying";
                            case "CHAR" -> "character";
                            case "TIME" -> "time without time zone";
                            case "TIME_WTZ" -> "time with time zone";
                            case "TIMESTAMP" -> "timestamp without time zone";
                            case "TIMESTAMP_WTZ" -> "timestamp with time zone";
                            default -> element.type().toLowerCase(java.util.Locale.ROOT);
                        };
        return new PgTable.Field(
                unescaped(element.name()),
                type,
                element.typtype() == null ? "b" : element.typtype(),
                0);
    }

    private static String unescaped(String name) {
        Matcher matcher = ESCAPED.matcher(name);
        return matcher.replaceAll(
                found ->
                        Matcher.quoteReplacement(
                                Character.toString(Integer.parseInt(found.group(1), 16))));
    }
}
