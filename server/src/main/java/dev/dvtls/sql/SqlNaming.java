package dev.dvtls.sql;

import dev.dvtls.sql.SqlQuery.Clause;
import dev.dvtls.sql.SqlQuery.Core;
import dev.dvtls.sql.SqlQuery.Cte;
import dev.dvtls.sql.SqlQuery.Derived;
import dev.dvtls.sql.SqlQuery.FromItem;
import dev.dvtls.sql.SqlQuery.Table;
import dev.dvtls.sql.SqlScope.Named;
import dev.dvtls.sql.SqlScope.Relation;
import dev.dvtls.sql.SqlScope.Tables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds out which columns the parts of a query have. For one text; not thread-safe. */
final class SqlNaming {
    private static final Set<String> NO_ALIAS =
            Set.of("end", "null", "true", "false", "last", "first", "asc", "desc");

    private final Tables tables;

    /** Columns of queries seen; of one that is being looked at, none. */
    private final IdentityHashMap<SqlQuery, List<SqlColumn>> known = new IdentityHashMap<>();

    SqlNaming(Tables tables) {
        this.tables = tables;
    }

    /** What can be named at a place; see {@link SqlScope}. */
    record Seen(Clause clause, List<Relation> relations, List<Named> columns, List<String> ctes) {}

    /** Names that a WITH gives, the nearest first. */
    private record Ctes(Optional<Ctes> outer, Optional<Cte> cte) {
        static final Ctes NONE = new Ctes(Optional.empty(), Optional.empty());

        Ctes with(Cte more) {
            return new Ctes(Optional.of(this), Optional.of(more));
        }

        /** Where the name is defined: its query, and what that query can name itself. */
        Optional<Ctes> find(String name) {
            Optional<Ctes> at = Optional.of(this);
            while (at.isPresent()) {
                if (at.get().cte().filter(c -> c.name().equalsIgnoreCase(name)).isPresent()) {
                    return at;
                }
                at = at.get().outer();
            }
            return at;
        }

        List<String> names() {
            List<String> names = new ArrayList<>();
            for (Optional<Ctes> at = Optional.of(this); at.isPresent(); at = at.get().outer()) {
                at.get().cte().ifPresent(c -> names.add(c.name()));
            }
            return names;
        }
    }

    Seen at(SqlQuery query, int offset) {
        return locate(query, offset, Ctes.NONE, List.of());
    }

    List<SqlColumn> outputs(SqlQuery query) {
        return outputs(query, Ctes.NONE);
    }

    /**
     * @param outer relations of the queries around it that it may name
     */
    private Seen locate(SqlQuery query, int offset, Ctes around, List<Relation> outer) {
        Ctes ctes = around;
        for (Cte cte : query.ctes()) {
            if (cte.query().area().touches(offset)) {
                return locate(
                        cte.query(), offset, cte.recursive() ? ctes.with(cte) : ctes, List.of());
            }
            ctes = ctes.with(cte);
        }
        Core core = query.cores().get(0);
        for (Core each : query.cores()) {
            core = each.area().start() <= offset ? each : core;
        }
        for (FromItem item : core.from()) {
            if (item.source() instanceof Derived derived
                    && derived.query().area().touches(offset)) {
                return locate(derived.query(), offset, ctes, List.of());
            }
        }
        List<Relation> own = relations(core, ctes);
        for (SqlQuery nested : core.nested()) {
            if (nested.area().touches(offset)) {
                List<Relation> both = new ArrayList<>(own);
                both.addAll(outer);
                return locate(nested, offset, ctes, both);
            }
        }
        return seen(core, offset, own, outer, ctes);
    }

    private Seen seen(Core core, int offset, List<Relation> own, List<Relation> outer, Ctes ctes) {
        Clause clause = core.clauseAt(offset);
        List<Named> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (Relation relation : own) {
            for (SqlColumn column : relation.columns()) {
                if (!names.add(lower(column.name()))) {
                    twice.add(lower(column.name()));
                }
            }
        }
        Set<String> merged = new HashSet<>();
        core.merged().forEach(name -> merged.add(lower(name)));
        boolean using = clause == Clause.USING; // what is being merged there counts as shared
        Set<String> shown = new HashSet<>();
        for (Relation relation : own) {
            for (SqlColumn column : relation.columns()) {
                String name = lower(column.name());
                boolean one = !using && (core.natural() || merged.contains(name));
                if (!one || shown.add(name)) {
                    columns.add(new Named(column, relation.name(), twice.contains(name) && !one));
                }
            }
        }
        if (clause == Clause.AFTER_SELECT) {
            for (SqlColumn column : selected(core, own)) {
                if (names.add(lower(column.name()))) {
                    columns.add(new Named(column, "", false));
                }
            }
        }
        List<Relation> all = new ArrayList<>(own);
        all.addAll(outer);
        return new Seen(clause, List.copyOf(all), List.copyOf(columns), ctes.names());
    }

    private List<Relation> relations(Core core, Ctes ctes) {
        List<Relation> relations = new ArrayList<>();
        for (FromItem item : core.from()) {
            List<SqlColumn> columns = List.of();
            if (item.source() instanceof Derived derived) {
                columns = outputs(derived.query(), ctes);
            } else if (item.source() instanceof Table table) {
                columns = columns(table, ctes);
            }
            relations.add(new Relation(item.alias(), renamed(columns, item.columns())));
        }
        return List.copyOf(relations);
    }

    private List<SqlColumn> columns(Table table, Ctes ctes) {
        Optional<Ctes> found = table.plain() ? ctes.find(table.name()) : Optional.empty();
        if (found.flatMap(Ctes::cte).isEmpty()) {
            return table.plain() ? tables.columns(table.name(), table.span()) : List.of();
        }
        Cte cte = found.flatMap(Ctes::cte).get();
        Ctes inside = cte.recursive() ? found.get() : found.flatMap(Ctes::outer).orElse(Ctes.NONE);
        return renamed(outputs(cte.query(), inside), cte.columns());
    }

    private static List<SqlColumn> renamed(List<SqlColumn> columns, List<String> names) {
        if (names.isEmpty()) {
            return columns;
        }
        List<SqlColumn> renamed = new ArrayList<>();
        for (int i = 0; i < Math.max(columns.size(), names.size()); i++) {
            SqlColumn column = i < columns.size() ? columns.get(i) : new SqlColumn("", "", "", "");
            renamed.add(i < names.size() ? column.named(names.get(i)) : column);
        }
        return List.copyOf(renamed);
    }

    /** The columns that a query gives: of a UNION, those of its first part. */
    private List<SqlColumn> outputs(SqlQuery query, Ctes around) {
        List<SqlColumn> there = known.get(query);
        if (there != null) {
            return there;
        }
        known.put(query, List.of()); // one that reads itself learns nothing
        Ctes ctes = around;
        for (Cte cte : query.ctes()) {
            ctes = ctes.with(cte);
        }
        Core core = query.cores().get(0);
        List<SqlColumn> columns =
                core.star() && core.from().isEmpty() && !core.nested().isEmpty()
                        ? outputs(core.nested().get(0), ctes)
                        : selected(core, relations(core, ctes));
        known.put(query, columns);
        return columns;
    }

    private static List<SqlColumn> selected(Core core, List<Relation> relations) {
        if (core.star()) {
            return starred(core, relations, Set.of());
        }
        List<SqlColumn> columns = new ArrayList<>();
        for (List<SqlToken> item : core.items()) {
            columns.addAll(item(core, withoutStart(item), relations));
        }
        return List.copyOf(columns);
    }

    private static List<SqlToken> withoutStart(List<SqlToken> item) {
        int from = 0;
        while (from < item.size() && Set.of("distinct", "all").contains(item.get(from).keyword())) {
            from++;
        }
        return item.subList(from, item.size());
    }

    private static List<SqlColumn> item(Core core, List<SqlToken> item, List<Relation> relations) {
        int size = item.size();
        if (size == 0) {
            return List.of();
        }
        SqlToken last = item.get(size - 1);
        if (item.get(0).is("*")) {
            return starred(core, relations, excluded(item.subList(1, size)));
        } else if (size >= 3
                && item.get(0).isName()
                && item.get(1).is(".")
                && item.get(2).is("*")) {
            Set<String> without = excluded(item.subList(3, size));
            return relations.stream()
                    .filter(r -> r.name().equalsIgnoreCase(item.get(0).text()))
                    .flatMap(r -> r.columns().stream())
                    .filter(column -> !without.contains(lower(column.name())))
                    .toList();
        } else if (!last.isName() || NO_ALIAS.contains(last.keyword())) {
            return List.of(); // an expression without a name
        }
        boolean as = size >= 2 && item.get(size - 2).keyword().equals("as");
        boolean member = size >= 2 && item.get(size - 2).is(".");
        List<SqlToken> value = item.subList(0, size == 1 || member ? size : size - (as ? 2 : 1));
        boolean operator =
                size >= 2
                        && !as
                        && !member
                        && item.get(size - 2).kind() == SqlToken.Kind.MARK
                        && !item.get(size - 2).is(")")
                        && !item.get(size - 2).is("]");
        if (operator || (member && size != 3)) {
            return List.of();
        }
        SqlColumn column =
                column(value, relations).orElseGet(() -> new SqlColumn("", "", "", "this query"));
        return List.of(column.named(last.text()));
    }

    /** The column that an expression is, if it is but one. */
    private static Optional<SqlColumn> column(List<SqlToken> value, List<Relation> relations) {
        boolean plain = value.size() == 1 && value.get(0).isName();
        boolean member = value.size() == 3 && value.get(0).isName() && value.get(1).is(".");
        if (!plain && !member) {
            return Optional.empty();
        }
        String name = value.get(value.size() - 1).text();
        return relations.stream()
                .filter(r -> plain || r.name().equalsIgnoreCase(value.get(0).text()))
                .flatMap(r -> r.columns().stream())
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static List<SqlColumn> starred(
            Core core, List<Relation> relations, Set<String> without) {
        Set<String> merged = new HashSet<>();
        core.merged().forEach(name -> merged.add(lower(name)));
        Set<String> names = new HashSet<>();
        List<SqlColumn> columns = new ArrayList<>();
        for (Relation relation : relations) {
            for (SqlColumn column : relation.columns()) {
                String name = lower(column.name());
                boolean again = !names.add(name) && (core.natural() || merged.contains(name));
                if (!again && !without.contains(name)) {
                    columns.add(column);
                }
            }
        }
        return List.copyOf(columns);
    }

    /** {@code exclude (a, b)}, {@code except (a)}; {@code replace (x as a)} takes nothing away. */
    private static Set<String> excluded(List<SqlToken> rest) {
        Set<String> names = new HashSet<>();
        if (!rest.isEmpty() && Set.of("exclude", "except").contains(rest.get(0).keyword())) {
            for (SqlToken token : rest.subList(1, rest.size())) {
                if (token.keyword().equals("replace")) {
                    break;
                }
                if (token.isName()) {
                    names.add(lower(token.text()));
                }
            }
        }
        return names;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
