package dev.dvtls.cache;

import dev.dvtls.cache.CachedRelation.Column;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query for the profiles of some columns of a frame: of a few at once, since each counts its
 * distinct values in memory.
 *
 * @param from the first column, and the one after the last
 */
record FrameProfile(List<Column> columns, int from, int to) {
    private static final int LONGEST_EXTREME = 200;
    private static final int COLUMNS_AT_ONCE = 16;
    private static final int ITEMS = 4;

    static List<FrameProfile> of(List<Column> columns) {
        List<FrameProfile> all = new ArrayList<>();
        for (int at = 0; at < columns.size(); at += COLUMNS_AT_ONCE) {
            all.add(new FrameProfile(columns, at, Math.min(at + COLUMNS_AT_ONCE, columns.size())));
        }
        return List.copyOf(all);
    }

    /** How many items the one row of the answer has. */
    int items() {
        return (to - from) * ITEMS;
    }

    String sql(Path file) {
        List<String> items = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String name = FrameFile.name(i);
            boolean nested = FrameView.isNested(columns.get(i));
            items.add("count(*) - count(" + name + ")");
            items.add("count(distinct " + (nested ? FrameFile.text(name, 0) : name) + ")");
            items.add(nested ? "null" : FrameFile.text("min(" + name + ")", LONGEST_EXTREME));
            items.add(nested ? "null" : FrameFile.text("max(" + name + ")", LONGEST_EXTREME));
        }
        return "select " + String.join(", ", items) + " from " + FrameFile.scan(file);
    }

    List<ColumnProfile> read(List<Optional<String>> row) {
        List<ColumnProfile> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int at = (i - from) * ITEMS;
            all.add(
                    new ColumnProfile(
                            columns.get(i),
                            number(row.get(at)),
                            number(row.get(at + 1)),
                            row.get(at + 2),
                            row.get(at + 3)));
        }
        return all;
    }

    private static long number(Optional<String> text) {
        return text.map(Long::parseLong).orElse(0L);
    }
}
