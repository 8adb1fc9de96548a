package dev.dvtls.run.transfer;

import com.google.gson.JsonObject;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Views and tables of a query inside MariaDB. A table's rows are first written into a staging
 * table, whose types the server chooses, and go on as those of a load.
 */
final class MySqlBuild {
    private final Sling.Target target;
    private final Programs programs;
    private final Catalog<MySqlTable> catalog;
    private final Relation relation;

    MySqlBuild(
            Sling.Target target,
            Programs programs,
            Catalog<MySqlTable> catalog,
            Relation relation) {
        this.target = target;
        this.programs = programs;
        this.catalog = catalog;
        this.relation = relation;
    }

    void view(Build.View build) throws TransferException, InterruptedException {
        MySqlTable table = catalog.look(relation);
        Relation aside =
                new Relation(Optional.empty(), relation.schema(), Staging.prefix(relation));
        List<String> out = new ArrayList<>(MySqlLoad.settings());
        String name = MySqlText.table(relation);
        if (table.kind().isEmpty() || table.isView()) {
            if (!table.dependents().isEmpty()) {
                List<String> now =
                        MySqlTable.ofQuery(target, aside, build.sql(), programs).stream()
                                .map(MySqlTable.Field::name)
                                .toList();
                MySqlPlan.refuseWhereOthersDepend(
                        relation,
                        table,
                        MySqlPlan.missing(table, now).stream()
                                .map(column -> "'" + column + "' is gone")
                                .toList());
            }
            out.add(MySqlLoad.schema(relation));
            out.add("create or replace view " + name + " as\n" + build.sql() + "\n");
        } else {
            List<String> others = new ArrayList<>(table.dependents());
            others.addAll(table.pinned());
            if (!others.isEmpty()) {
                throw new TransferException(
                        relation.display()
                                + " is a table and "
                                + String.join(", ", others)
                                + " depends on it; nothing was changed. Drop that first, or give"
                                + " the model another `alias`.");
            }
            String made = MySqlText.table(aside);
            String old = MySqlText.table(relation.schema(), Staging.prefix(relation) + "_o");
            out.add("create or replace view " + made + " as\n" + build.sql() + "\n");
            out.add("rename table " + name + " to " + old + ", " + made + " to " + name);
            out.add("drop table " + old);
        }
        programs.sling().exec(target, MySqlText.together(out), programs.limits().data());
    }

    /**
     * The query's rows in a staging table.
     *
     * @param rows how many
     * @param table what is there now
     * @param columns of the rows
     */
    record Staged(long rows, MySqlTable table, List<MySqlTable.Field> columns) {}

    Staged stage(Build.Table build, String stage) throws TransferException, InterruptedException {
        Relation staged = new Relation(Optional.empty(), relation.schema(), stage);
        List<String> out = new ArrayList<>();
        out.add("declare dvt_last, dvt_mark, dvt_sure text");
        out.add("declare dvt_rows bigint");
        out.addAll(MySqlLoad.settings());
        out.add(MySqlLoad.schema(relation));
        out.add("drop table if exists " + MySqlText.table(staged));
        out.add("create table " + MySqlText.table(staged) + " as\n" + build.sql() + "\n");
        out.add("set dvt_rows = row_count()");
        out.addAll(MySqlRemember.last(relation));
        out.add("set session group_concat_max_len = 100000000");
        out.add(
                "select json_object('rows', dvt_rows, 'table', "
                        + MySqlTable.answer(relation, "dvt_last", "dvt_sure", "null")
                        + ", 'staged', "
                        + MySqlTable.answer(staged, "null", "null", "null")
                        + ") as answer");
        JsonObject answer =
                programs.sling().queryJson(target, MySqlText.asking(out), programs.limits().data());
        return new Staged(
                answer.get("rows").getAsLong(),
                MySqlTable.of(answer.getAsJsonObject("table")),
                MySqlTable.of(answer.getAsJsonObject("staged")).columns());
    }

    MySqlLoad plan(Build.Table build, Staged staged) throws TransferException {
        MySqlTable table = staged.table();
        if (table.isView()) {
            InTheWay.refuseView(relation, build.mode(), table.dependents());
        }
        List<String> names = staged.columns().stream().map(MySqlTable.Field::name).toList();
        for (String key : build.mode() == Mode.UPSERT ? build.keys() : List.<String>of()) {
            if (names.stream().noneMatch(key::equalsIgnoreCase)) {
                throw new TransferException(Keys.missing(key));
            }
        }
        Map<String, MySqlTable.Field> fields = table.isView() ? Map.of() : table.byName();
        List<String> retype = new ArrayList<>();
        List<String> said = new ArrayList<>();
        List<MySqlLoad.In> columns = new ArrayList<>();
        for (MySqlTable.Field column : staged.columns()) {
            MySqlTable.Field field = fields.get(column.name());
            boolean changes =
                    build.mode() == Mode.REPLACE
                            && field != null
                            && !field.definition().equals(column.definition());
            if (changes) {
                retype.add(column.name());
            }
            if (field != null && changes && !family(field).equals(family(column))) {
                said.add("'" + column.name() + "' became " + column.type().display());
            }
            columns.add(
                    new MySqlLoad.In(
                            field == null ? column.name() : field.name(),
                            field == null || changes
                                    ? definition(column, build.remembered())
                                    : field.definition()));
        }
        List<String> drop =
                build.mode() == Mode.REPLACE && !table.isView()
                        ? MySqlPlan.missing(table, names)
                        : List.of();
        drop.forEach(name -> said.add(0, "'" + name + "' is gone"));
        MySqlPlan.refuseWhereOthersDepend(relation, table, said);
        return new MySqlLoad(
                relation,
                table,
                columns,
                new MySqlLoad.Changes(
                        names.stream().filter(name -> !fields.containsKey(name)).toList(),
                        retype,
                        drop),
                build.mode(),
                build.keys(),
                build.loadId(),
                build.remembered(),
                Optional.empty());
    }

    static MySqlLoad.Fill fill(Staged staged, String from) {
        String values =
                MySqlText.names(staged.columns().stream().map(MySqlTable.Field::name).toList());
        return (typed, names) ->
                List.of(
                        "insert into "
                                + typed
                                + " ("
                                + names
                                + ") select "
                                + values
                                + " from "
                                + from,
                        "set dvt_rows = row_count()");
    }

    /** A text that a query writes has the length of what it wrote; later rows may be longer. */
    private static String definition(MySqlTable.Field column, boolean grows) {
        boolean text = column.declared().matches("(var)?char\\(.*|binary\\(0\\)");
        return text && (grows || column.declared().equals("binary(0)"))
                ? new MySqlTypes.Type("longtext", "").definition()
                : column.definition();
    }

    private static String family(MySqlTable.Field field) {
        DuckType.Family family =
                DuckType.of(MySqlTypes.holds(field.type()).orElse("VARCHAR")).family();
        return family.isNumber() ? "NUMBER" : family.toString();
    }

    /** Conditions on the staged rows, as statements that refuse them. */
    List<String> checks(Build.Table build, Staged staged, String from) {
        List<String> out = new ArrayList<>();
        if (build.mode() == Mode.REPLACE) {
            return out;
        }
        Map<String, MySqlTable.Field> fields = staged.table().byName();
        for (MySqlTable.Field column : staged.columns()) {
            MySqlTable.Field field = fields.get(column.name());
            String number = field == null ? "" : whole(field.type().sql());
            if (field != null && !number.isEmpty() && !field.type().equals(column.type())) {
                String name = MySqlText.name(column.name());
                out.add(
                        "set dvt_text = (select left(cast("
                                + name
                                + " as char), 40) from "
                                + from
                                + " where cast("
                                + name
                                + " as char) not regexp '"
                                + number
                                + "' limit 1)");
                refuse(
                        out,
                        "dvt_text is not null",
                        Fit.refusal(
                                relation,
                                column.name(),
                                field.type().display(),
                                "'" + Keys.EXAMPLE + "'",
                                column.type().display()));
            }
        }
        if (build.mode() == Mode.UPSERT) {
            keys(build, from, out);
        }
        return out;
    }

    /** A query has no last row: of two with one key none can be chosen. */
    private void keys(Build.Table build, String from, List<String> out) {
        for (String key : build.keys()) {
            String none = " where " + MySqlText.name(key) + " is null";
            out.add("set dvt_rows = (select count(*) from " + from + none + ")");
            refuse(out, "dvt_rows > 0", Keys.isNull(relation, key));
        }
        List<String> shown =
                build.keys().stream()
                        .map(
                                key ->
                                        MySqlText.literal(key + " = ")
                                                + ", left(cast("
                                                + MySqlText.name(key)
                                                + " as char), 40)")
                        .toList();
        List<String> exact =
                build.keys().stream().map(key -> "binary " + MySqlText.name(key)).toList();
        out.add("set dvt_rows = 0");
        out.add(
                "select count(*), min(concat("
                        + String.join(", ', ', ", shown)
                        + ")) into dvt_rows, dvt_text from "
                        + from
                        + " group by "
                        + String.join(", ", exact)
                        + " order by 1 desc limit 1");
        refuse(out, "dvt_rows > 1", Keys.twice(relation, build.keys()));
    }

    private static void refuse(List<String> out, String condition, String sentence) {
        out.add(
                "if "
                        + condition
                        + " then set dvt_text = replace(replace("
                        + MySqlText.literal(sentence)
                        + ", char(1), coalesce(dvt_rows, '')), char(2), coalesce(dvt_text, ''));"
                        + " signal sqlstate '45000' set message_text = dvt_text; end if");
    }

    /** What a number must look like, which the server would round to fit; empty: it refuses. */
    private static String whole(String type) {
        if (type.matches("(tiny|small|medium|big)?int.*")) {
            return "^-?[0-9]+([.]0+)?$";
        }
        java.util.regex.Matcher decimal =
                java.util.regex.Pattern.compile("decimal\\(\\d+,(\\d+)\\).*").matcher(type);
        return decimal.matches() ? "^-?[0-9]*([.][0-9]{0," + decimal.group(1) + "}0*)?$" : "";
    }
}
