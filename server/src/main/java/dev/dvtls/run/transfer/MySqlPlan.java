package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Decides what a load changes about a table in MariaDB, or refuses it. */
final class MySqlPlan {
    private MySqlPlan() {}

    static MySqlLoad of(Relation relation, Load load, MySqlTable table, Programs programs)
            throws TransferException, InterruptedException {
        if (table.isView()) {
            InTheWay.refuseView(relation, load.mode(), table.dependents());
        }
        Map<String, MySqlTable.Field> fields = table.isView() ? Map.of() : table.byName();
        List<Fit.Question> questions = new ArrayList<>();
        for (Column column : load.columns()) {
            MySqlTable.Field field = fields.get(column.name());
            if (field != null && !field.type().equals(MySqlTypes.of(DuckType.of(column.type())))) {
                questions.add(
                        new Fit.Question(
                                column, field.type().display(), MySqlTypes.holds(field.type())));
            }
        }
        Set<String> retype = new HashSet<>();
        List<String> said = new ArrayList<>();
        boolean bound = !table.dependents().isEmpty() || !table.pinned().isEmpty();
        for (Fit.Answer answer : Fit.ask(questions, load.parquet(), programs)) {
            if (load.mode() != Mode.REPLACE && answer.example().isPresent()) {
                throw Fit.refusal(relation, answer);
            }
            boolean keep = answer.empty() || (answer.example().isEmpty() && bound);
            if (load.mode() == Mode.REPLACE && !keep) {
                Column column = answer.question().column();
                retype.add(column.name());
                said.add("'" + column.name() + "' became " + column.type());
            }
        }
        List<String> drop =
                load.mode() == Mode.REPLACE && !table.isView()
                        ? missing(table, load.columns().stream().map(Column::name).toList())
                        : List.of();
        drop.forEach(name -> said.add(0, "'" + name + "' is gone"));
        refuseWhereOthersDepend(relation, table, said);
        List<MySqlLoad.In> columns = new ArrayList<>();
        for (Column column : load.columns()) {
            MySqlTable.Field field = fields.get(column.name());
            columns.add(
                    new MySqlLoad.In(
                            field == null ? column.name() : field.name(),
                            field == null || retype.contains(column.name())
                                    ? MySqlTypes.of(DuckType.of(column.type())).definition()
                                    : field.definition()));
        }
        return new MySqlLoad(
                relation,
                table,
                columns,
                new MySqlLoad.Changes(
                        load.columns().stream()
                                .map(Column::name)
                                .filter(name -> !fields.containsKey(name))
                                .toList(),
                        List.copyOf(retype),
                        drop),
                load.mode(),
                load.keys(),
                load.loadId(),
                load.remembered(),
                load.onto());
    }

    static List<String> missing(MySqlTable table, List<String> columns) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(columns);
        return table.columns().stream()
                .map(MySqlTable.Field::name)
                .filter(name -> !names.contains(name))
                .toList();
    }

    /**
     * @param changes of columns, for the user
     */
    static void refuseWhereOthersDepend(Relation relation, MySqlTable table, List<String> changes)
            throws TransferException {
        List<String> others = new ArrayList<>(table.dependents());
        others.addAll(table.pinned());
        if (!others.isEmpty() && !changes.isEmpty()) {
            throw new TransferException(
                    "The columns of "
                            + relation.display()
                            + " changed ("
                            + String.join(", ", changes)
                            + ") and "
                            + String.join(", ", others)
                            + " depends on it; nothing was loaded. Drop that first, or keep the"
                            + " columns.");
        }
    }
}
