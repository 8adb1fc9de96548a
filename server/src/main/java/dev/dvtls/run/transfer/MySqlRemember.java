package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Existing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What MariaDB remembers of loads. A table that is put in place by a rename, which no transaction
 * holds, brings the load's id in its comment: {@code [dvt load ID]}. Rows that a transaction
 * changes are remembered in it, as rows of {@code _dvt_loads} that say which comment the table had;
 * so a table that somebody made again is another. {@code create table like} and a dump take the
 * comment along, so the rows also say when the table was made; that is the file's time, which may
 * differ between the servers of a cluster, so it decides only whether a cache is trusted. The
 * statements are parts of a block that declares {@code dvt_last}, {@code dvt_mark} and {@code
 * dvt_sure}.
 */
final class MySqlRemember {
    /** Part of the message when a load was applied before. */
    static final String APPLIED = "dvt: this load was applied before";

    /** The unique key of {@code _dvt_loads}, which a second apply at the same time breaks. */
    static final String ONCE = "_dvt_loads_once";

    /** Of a table's comment. */
    static final Pattern MARK = Pattern.compile("\\s*\\[dvt (load|table) [^\\]]*\\]$");

    private static final String MARKED = "substring_index(generation, ' @', 1) = dvt_mark";

    private MySqlRemember() {}

    /** What is remembered of the table that is there now: its mark, and when it was made. */
    private static String generation(Relation relation) {
        return "concat(dvt_mark, ' @', coalesce((select unix_timestamp(create_time) from"
                + " information_schema.tables where table_schema = "
                + MySqlText.literal(relation.schema())
                + " and table_name = "
                + MySqlText.literal(relation.identifier())
                + "), ''))";
    }

    private static String loads(Relation relation) {
        return MySqlText.table(relation.schema(), Staging.LOADS);
    }

    private static String isThere(Relation relation) {
        return "exists (select 1 from information_schema.tables where table_schema = "
                + MySqlText.literal(relation.schema())
                + " and table_name = '"
                + Staging.LOADS
                + "')";
    }

    private static String same(Relation relation) {
        return " where relation = " + MySqlText.literal(relation.identifier());
    }

    /** Loads of one relation, from wherever, wait for each other until the connection ends. */
    static String inLine(Relation relation) {
        return "if coalesce(get_lock('dvt "
                + Long.toHexString(Staging.number(relation.schema() + "." + relation.identifier()))
                + "', 3600), 0) = 0 then "
                + signal("another run is loading into " + relation.display())
                + "; end if";
    }

    static String signal(String text) {
        return "signal sqlstate '45000' set message_text = " + MySqlText.literal(text);
    }

    /**
     * Sets the table's mark, the id of its last load, NULL when that is not known, and whether it
     * is the very table of that load, else NULL.
     */
    static List<String> last(Relation relation) {
        return List.of(
                "set dvt_last = null, dvt_sure = null",
                "set dvt_mark = coalesce((select if(table_comment like '%[dvt %]',"
                        + " substring_index(substring_index(table_comment, '[dvt ', -1), ']', 1),"
                        + " '') from information_schema.tables where table_schema = "
                        + MySqlText.literal(relation.schema())
                        + " and table_name = "
                        + MySqlText.literal(relation.identifier())
                        + "), '')",
                "if dvt_mark <> '' and "
                        + isThere(relation)
                        + " then set dvt_last = (select load_id from "
                        + loads(relation)
                        + same(relation)
                        + " and "
                        + MARKED
                        + " order by load_nr desc limit 1); set dvt_sure = (select 'yes' from "
                        + loads(relation)
                        + " where load_id = dvt_last and generation = "
                        + generation(relation)
                        + "); end if",
                "if dvt_last is null and dvt_mark like 'load %' then set dvt_last ="
                        + " substr(dvt_mark, 6); end if",
                "if dvt_last like 'unknown %' then set dvt_last = null; end if");
    }

    static String makeLoads(Relation relation) {
        return "create table if not exists "
                + loads(relation)
                + " (load_nr bigint auto_increment primary key, load_id varchar(190) not null,"
                + " relation varchar(64) not null, generation varchar(190) not null default '',"
                + " loaded_at timestamp not null default current_timestamp, unique key "
                + ONCE
                + " (load_id), key (relation)) engine=InnoDB character set utf8mb4 collate "
                + MySqlTypes.COLLATION;
    }

    /** Refuses a second apply, and rows for a table that another load changed meanwhile. */
    static List<String> check(Relation relation, String loadId, Optional<Existing> onto) {
        String id = MySqlText.literal(loadId);
        List<String> statements = new ArrayList<>();
        statements.add(
                "if dvt_mark = concat('load ', "
                        + id
                        + ") or exists (select 1 from "
                        + loads(relation)
                        + " where load_id = "
                        + id
                        + ") then "
                        + signal(APPLIED)
                        + "; end if");
        onto.ifPresent(
                seen ->
                        statements.add(
                                "if coalesce(dvt_last, '') <> "
                                        + MySqlText.literal(seen.loadId().orElse(""))
                                        + " then "
                                        + signal(Staging.overtaken(relation))
                                        + "; end if"));
        return statements;
    }

    /** A table that came by a rename has a row of its own before the first that is added to it. */
    static String own(Relation relation) {
        return "if dvt_mark like 'load %' and not exists (select 1 from "
                + loads(relation)
                + same(relation)
                + " and "
                + MARKED
                + ") then insert ignore into "
                + loads(relation)
                + " (load_id, relation, generation) values (substr(dvt_mark, 6), "
                + MySqlText.literal(relation.identifier())
                + ", dvt_mark); end if";
    }

    /** Adds the load to a table with the mark that {@code dvt_mark} has. */
    static List<String> remember(Relation relation, String loadId) {
        String name = MySqlText.literal(relation.identifier());
        return List.of(
                "insert into "
                        + loads(relation)
                        + " (load_id, relation, generation) values ("
                        + MySqlText.literal(loadId)
                        + ", "
                        + name
                        + ", "
                        + generation(relation)
                        + ")",
                "delete from "
                        + loads(relation)
                        + same(relation)
                        + " and load_nr <= (select load_nr from (select load_nr from "
                        + loads(relation)
                        + same(relation)
                        + " order by load_nr desc limit 1 offset "
                        + Staging.KEPT_LOADS
                        + ") as o)");
    }

    /** The rows change by a load that is not remembered: the last one says nothing of them. */
    static String forget(Relation relation) {
        return "if dvt_mark <> '' and "
                + isThere(relation)
                + " then insert into "
                + loads(relation)
                + " (load_id, relation, generation) values (concat('unknown ', uuid()), "
                + MySqlText.literal(relation.identifier())
                + ", dvt_mark); end if";
    }

    /** A table's comment with this mark; a user's words stay. */
    static String comment(String comment, String mark) {
        String words = MARK.matcher(comment).replaceFirst("");
        String all = (words + (mark.isEmpty() ? "" : " [dvt " + mark + "]")).strip();
        return "comment = '" + all.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
