package dev.dvtls.run.transfer;

import com.google.gson.JsonObject;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.TransferException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the values of a frame's column go into a column that exists. A type says little (pandas
 * makes floats of integers with a gap), so the values are asked, in the Parquet file, before
 * anything is loaded.
 */
final class Fit {
    /**
     * @param column of the frame
     * @param type of the existing column, in the database's words
     * @param holds DuckDB's type with the same values; empty: the database will judge text itself
     */
    record Question(Column column, String type, Optional<String> holds) {}

    /**
     * @param example a value that does not fit; empty: all do
     * @param empty whether the column has no value at all
     */
    record Answer(Question question, Optional<String> example, boolean empty) {}

    private Fit() {}

    static List<Answer> ask(List<Question> questions, Path parquet, Programs programs)
            throws TransferException, InterruptedException {
        if (questions.isEmpty()) {
            return List.of();
        }
        List<String> items = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            String name = Sql.name(questions.get(i).column().name());
            items.add("count(" + name + ") as n" + i);
            items.add(
                    "any_value(cast("
                            + name
                            + " as varchar)) filter (where "
                            + name
                            + " is not null and "
                            + misfit(questions.get(i))
                            + ") as v"
                            + i);
        }
        JsonObject row =
                programs.duckdb()
                        .query(
                                "select "
                                        + items.stream().collect(Collectors.joining(",\n "))
                                        + "\nfrom read_parquet("
                                        + Sql.text(parquet.toString())
                                        + ");",
                                programs.limits().data())
                        .get(0)
                        .getAsJsonObject();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Optional<String> example =
                    row.get("v" + i).isJsonNull()
                            ? Optional.empty()
                            : Optional.of(row.get("v" + i).getAsString());
            answers.add(new Answer(questions.get(i), example, row.get("n" + i).getAsLong() == 0));
        }
        return answers;
    }

    /** The sentence about a value that has no place. */
    static TransferException refusal(Relation relation, Answer answer) {
        Question question = answer.question();
        return new TransferException(
                refusal(
                        relation,
                        question.column().name(),
                        question.type(),
                        shorten(answer.example().orElse("")),
                        question.column().type()));
    }

    /**
     * @param is the type that the column has
     * @param example a value, in quotes
     * @param was the value's own type
     */
    static String refusal(Relation relation, String column, String is, String example, String was) {
        return before(relation, column, is) + example + after(was);
    }

    /** The same as an expression of DuckDB's over {@code value}, the text of an example. */
    static String refusal(Relation relation, Question question) {
        Column column = question.column();
        return Sql.text(before(relation, column.name(), question.type()) + "'")
                + " || left(replace(value, chr(10), ' '), 40) || "
                + Sql.text("'" + after(column.type()));
    }

    private static String before(Relation relation, String column, String is) {
        return "The column '"
                + column
                + "' of "
                + relation.display()
                + " is "
                + is
                + " and cannot take ";
    }

    private static String after(String was) {
        return " ("
                + was
                + "); nothing was loaded. Convert it in the model, or rebuild the table with"
                + " --full-refresh.";
    }

    /**
     * A query of DuckDB's that ends its transaction when a value does not fit.
     *
     * @param sentence an expression over {@code value}
     */
    static String guard(Question question, String from, String sentence) {
        String name = Sql.name(question.column().name());
        return "select case when value is not null then error("
                + sentence
                + ") end from (select any_value(cast("
                + name
                + " as varchar)) filter (where "
                + name
                + " is not null and "
                + misfit(question)
                + ") as value from "
                + from
                + ")";
    }

    /** A condition that is true for a value, not NULL, that the column cannot take. */
    static String misfit(Question question) {
        String name = Sql.name(question.column().name());
        DuckType from = DuckType.of(question.column().type());
        if (question.holds().isEmpty()) {
            return from.family() == DuckType.Family.TEXT ? "false" : "true";
        }
        String holds = question.holds().get();
        DuckType to = DuckType.of(holds);
        String cast = "try_cast(" + name + " as " + holds + ")";
        String there = cast + " is null";
        String andBack = "try_cast(" + cast + " as " + from.name() + ") is distinct from " + name;
        return switch (to.family()) {
            case INTEGER, DECIMAL -> {
                boolean rounds =
                        from.family() == DuckType.Family.FLOAT
                                && to.family() == DuckType.Family.DECIMAL;
                yield from.family().isNumber() ? rounds ? there : andBack : "true";
            }
            // A float may be rounded to a narrower one, but no digit of a whole or exact number.
            case FLOAT ->
                    from.family() == DuckType.Family.FLOAT
                            ? "false"
                            : from.family().isNumber() ? andBack : "true";
            case TIMESTAMP -> is(from, DuckType.Family.TIMESTAMP, DuckType.Family.DATE);
            case DATE ->
                    from.family() == DuckType.Family.TIMESTAMP
                            ? andBack
                            : is(from, DuckType.Family.DATE);
            case TEXT ->
                    is(
                            from,
                            DuckType.Family.TEXT,
                            DuckType.Family.UUID,
                            DuckType.Family.JSON,
                            DuckType.Family.NESTED,
                            DuckType.Family.BITS);
            case UUID -> from.family() == DuckType.Family.TEXT ? there : is(from, to.family());
            case JSON, NESTED ->
                    from.family() == DuckType.Family.TEXT
                            ? "not json_valid(" + name + ")"
                            : is(from, DuckType.Family.JSON, DuckType.Family.NESTED);
            default -> is(from, to.family());
        };
    }

    private static String is(DuckType from, DuckType.Family... families) {
        return List.of(families).contains(from.family()) ? "false" : "true";
    }

    private static String shorten(String value) {
        String line = value.replace('\n', ' ');
        return "'" + (line.length() > 40 ? line.substring(0, 40) + "..." : line) + "'";
    }
}
