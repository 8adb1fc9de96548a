package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides what a load changes about a table, or refuses it. */
final class PgPlan {
    private PgPlan() {}

    static PgLoad of(Relation relation, Load load, PgTable table, Programs programs)
            throws TransferException, InterruptedException {
        Optional<String> other = table.kind().map(PgPlan::otherKind).filter(k -> !k.isEmpty());
        if (other.isPresent()) {
            refuseOtherKind(relation, load, table, other.get());
        }
        if (table.kind().isEmpty() || other.isPresent()) {
            return new PgLoad(
                    relation, load, table, true, other, List.of(), List.of(), List.of(), Map.of());
        }
        Map<String, PgTable.Field> fields = table.byName();
        List<Column> add =
                load.columns().stream().filter(c -> !fields.containsKey(c.name())).toList();
        List<String> drop = load.mode() == Mode.REPLACE ? missing(table, load) : List.of();
        Map<String, String> types = new HashMap<>();
        List<Fit.Question> questions = new ArrayList<>();
        for (Column column : load.columns()) {
            PgTable.Field field = fields.get(column.name());
            if (field != null) {
                types.put(column.name(), field.type());
                if (!field.type().equals(PgTypes.of(DuckType.of(column.type())))) {
                    questions.add(
                            new Fit.Question(column, field.type(), PgTypes.holds(field.type())));
                }
            }
        }
        List<Column> retype = new ArrayList<>();
        for (Fit.Answer answer : Fit.ask(questions, load.parquet(), programs)) {
            if (load.mode() != Mode.REPLACE && answer.example().isPresent()) {
                throw Fit.refusal(relation, answer);
            }
            boolean keep =
                    answer.empty() || (answer.example().isEmpty() && !table.dependents().isEmpty());
            if (load.mode() == Mode.REPLACE && !keep) {
                retype.add(answer.question().column());
                types.remove(answer.question().column().name());
            }
        }
        refuseWhereOthersDepend(relation, table, drop, retype);
        return new PgLoad(
                relation,
                load,
                table,
                false,
                Optional.empty(),
                add,
                retype,
                drop,
                Map.copyOf(types));
    }

    /** What it is, when it is no table. */
    private static String otherKind(String kind) {
        return switch (kind) {
            case "r", "p" -> "";
            case "v" -> "view";
            case "m" -> "materialized view";
            default -> "foreign table";
        };
    }

    /** A view gives way to a table that is built anew, where nothing reads it. */
    private static void refuseOtherKind(Relation relation, Load load, PgTable table, String kind)
            throws TransferException {
        String is = relation.display() + " is a " + kind;
        if (load.mode() != Mode.REPLACE) {
            throw new TransferException(
                    is
                            + ", not a table; nothing was loaded. Run with --full-refresh to"
                            + " replace it, or give the model another `alias`.");
        }
        if (!table.dependents().isEmpty()) {
            throw new TransferException(
                    is
                            + " and "
                            + String.join(", ", table.dependents())
                            + " depends on it; nothing was loaded. Drop that first, or give the"
                            + " model another `alias`.");
        }
    }

    private static List<String> missing(PgTable table, Load load) {
        Set<String> names = load.columns().stream().map(Column::name).collect(Collectors.toSet());
        return table.columns().stream()
                .map(PgTable.Field::name)
                .filter(name -> !names.contains(name))
                .toList();
    }

    private static void refuseWhereOthersDepend(
            Relation relation, PgTable table, List<String> drop, List<Column> retype)
            throws TransferException {
        if (table.dependents().isEmpty() || (drop.isEmpty() && retype.isEmpty())) {
            return;
        }
        List<String> changes = new ArrayList<>();
        drop.forEach(name -> changes.add("'" + name + "' is gone"));
        retype.forEach(column -> changes.add("'" + column.name() + "' became " + column.type()));
        throw new TransferException(
                "The columns of "
                        + relation.display()
                        + " changed ("
                        + String.join(", ", changes)
                        + ") and "
                        + String.join(", ", table.dependents())
                        + " depends on it; nothing was loaded. Drop that view first, or keep the"
                        + " columns.");
    }
}
