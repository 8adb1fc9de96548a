package dev.dvtls.assist;

import dev.dvtls.assist.Suggestion.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Members of what {@code dbt.ref()} returns, and of the session: DuckDB's, and the worker's own.
 */
final class Relations {
    private Relations() {}

    private record Member(String name, String call, String documentation) {}

    private static Member method(String call, String documentation) {
        int bracket = call.indexOf('(');
        return new Member(bracket < 0 ? call : call.substring(0, bracket), call, documentation);
    }

    /** Those that a model needs most come first. */
    private static final List<Member> RELATION =
            List.of(
                    method("df()", "All rows as a pandas DataFrame."),
                    method("pl()", "All rows as a polars DataFrame."),
                    method("arrow()", "All rows as pyarrow: a Table, or a reader of batches."),
                    method(
                            "filter(condition)",
                            "The rows for which a SQL condition holds: `.filter(\"amount > 0\")`."),
                    method(
                            "project(columns)",
                            "Columns and SQL expressions: `.project(\"id, amount * 2 as"
                                    + " twice\")`."),
                    method(
                            "aggregate(expressions, group)",
                            "SQL aggregates, by groups: `.aggregate(\"city, sum(amount) as total\","
                                    + " \"city\")`."),
                    method("select(*columns)", "Columns by name: `.select(\"id\", \"amount\")`."),
                    method("order(columns)", "The rows in an order: `.order(\"id desc\")`."),
                    method("sort(*columns)", "The rows sorted by columns: `.sort(\"id\")`."),
                    method("limit(n, offset)", "The first rows: `.limit(100)`."),
                    method("distinct()", "The rows, each once."),
                    method(
                            "join(other, condition, how)",
                            "Joined with another relation, on a condition or a column's name:"
                                    + " `.join(other, \"id\", \"left\")`."),
                    method("cross(other)", "Every row with every row of another relation."),
                    method("union(other)", "The rows of both, repeated ones too."),
                    method("except_(other)", "The rows that the other relation does not have."),
                    method("intersect(other)", "The rows that both relations have."),
                    method(
                            "query(name, sql)",
                            "SQL over this relation, under a name: `.query(\"t\", \"select count(*)"
                                    + " from t\")`."),
                    method("set_alias(name)", "The relation under another name, for joins."),
                    method("fetchall()", "All rows as a list of tuples."),
                    method("fetchone()", "The next row as a tuple; `None` after the last."),
                    method("fetchmany(size)", "The next rows as a list of tuples."),
                    method("fetchnumpy()", "A dict of NumPy arrays, by column."),
                    method("to_pandas()", "As `df()`."),
                    method("to_polars()", "As `pl()`."),
                    method("to_arrow()", "All rows as a pyarrow Table."),
                    method(
                            "fetch_arrow_reader(rows_per_batch)",
                            "A reader of pyarrow batches: for more rows than fit into memory."),
                    method("count(column)", "How many values a column has: `.count(\"*\")`."),
                    method("sum(column)", "The sum of a column, by groups if asked."),
                    method("min(column)", "The smallest value of a column."),
                    method("max(column)", "The largest value of a column."),
                    method("mean(column)", "The average of a column."),
                    method("describe()", "Statistics of each column."),
                    method("show()", "Prints the first rows, for a look: they go to the log."),
                    method("create_view(name)", "A view of the session under this name."),
                    method("columns", "The names of the columns: a list."),
                    method("types", "The DuckDB types of the columns: a list."),
                    method("dtypes", "As `types`."),
                    method("shape", "A tuple: rows, columns."),
                    method("sql_query()", "The SQL that gives this relation."));

    private static final List<Member> SESSION =
            List.of(
                    method("sql(query)", "A relation of a query's rows; computed when used."),
                    method(
                            "execute(query, parameters)",
                            "Runs a query with parameters; `.df()`, `.fetchone()` get its rows."),
                    method("table(name)", "A relation by name: `session.table(\"__model__x\")`."),
                    method("query(query)", "As `sql()`."),
                    method("from_df(df)", "A relation of a pandas DataFrame's rows."),
                    method("from_arrow(table)", "A relation of a pyarrow Table's rows."),
                    method("read_csv(path)", "A relation of a CSV file's rows."),
                    method("read_parquet(path)", "A relation of Parquet files' rows."),
                    method("read_json(path)", "A relation of a JSON file's rows."),
                    method("register(name, rows)", "Gives a frame a name that SQL can read."),
                    method("create_function(name, function)", "A Python function for SQL."),
                    method("cursor()", "A second connection to the same session."),
                    method("df()", "The rows of what was executed, as a pandas DataFrame."),
                    method("pl()", "The rows of what was executed, as a polars DataFrame."),
                    method("arrow()", "The rows of what was executed, as pyarrow."),
                    method("fetchall()", "The rows of what was executed: a list of tuples."),
                    method("fetchone()", "The next row of what was executed, or `None`."));

    /** A method of a relation or of the session, in words. */
    static Optional<Vocabulary.Word> describe(PythonValues.Kind kind, String name) {
        List<Member> members =
                switch (kind) {
                    case RELATION -> RELATION;
                    case SESSION -> SESSION;
                    case PANDAS, POLARS, ARROW -> List.of();
                };
        return members.stream()
                .filter(member -> member.name().equals(name))
                .map(m -> new Vocabulary.Word(name, Kind.METHOD, m.call(), m.documentation()))
                .findFirst();
    }

    static List<Suggestion> ofRelation(Replacement range) {
        return all(RELATION, range);
    }

    static List<Suggestion> ofSession(Replacement range) {
        return all(SESSION, range);
    }

    private static List<Suggestion> all(List<Member> members, Replacement range) {
        List<Suggestion> all = new ArrayList<>();
        for (Member member : members) {
            boolean called = member.call().contains("(");
            String order = Integer.toString(100 + all.size());
            all.add(
                    range.suggest(
                            member.name(),
                            called ? Kind.METHOD : Kind.PROPERTY,
                            member.call(),
                            member.documentation(),
                            order));
        }
        return List.copyOf(all);
    }
}
