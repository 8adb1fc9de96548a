package dev.dvtls.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.cache.ParquetCache.NewData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A relation that many loads add to: right, and at a cost that follows the new rows. */
class CacheGrowthTest {
    private static final CacheKey KEY = new CacheKey("shop", "dev", "model.shop.events");

    @TempDir Path project;

    private ParquetCache cache;
    private int files;

    @BeforeEach
    void open() throws IOException {
        cache = ParquetCache.open(DvtFolder.open(project));
    }

    /** Columns of the model of a relation, each with its few values: keys must meet. */
    private enum Kind {
        ID("INTEGER", "1|2|3|4|5|6|7"),
        NAME("VARCHAR", "a|A|it's||Zoë"),
        DAY("DATE", "2024-02-29|0001-01-01|9999-12-31"),
        PRICE("DECIMAL(9,2)", "0.10|-1.00|1234567.89"),
        AT("TIMESTAMP", "2024-01-01 12:00:00.123456|1999-12-31 00:00:00.5"),
        BIG("BIGINT", "9007199254740993|-1"),
        NOTE("VARCHAR", "x|y"),
        MORE("DOUBLE", "0.5|-2.5");

        final String type;
        private final String values;

        Kind(String type, String values) {
            this.type = type;
            this.values = values;
        }

        String any(Random random) {
            List<String> all = List.of(values.split("\\|", -1));
            return all.get(random.nextInt(all.size()));
        }

        String column() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final List<List<Kind>> KEYS =
            List.of(
                    List.of(Kind.ID),
                    List.of(Kind.NAME),
                    List.of(Kind.ID, Kind.NAME),
                    List.of(Kind.DAY, Kind.PRICE, Kind.BIG),
                    List.of(Kind.AT, Kind.NAME));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anySequenceOfLoadsGivesTheRowsOfAPlainTable(long seed) throws Exception {
        Random random = new Random(seed);
        List<Kind> key = KEYS.get(random.nextInt(KEYS.size()));
        List<Map<Kind, String>> expected = new ArrayList<>();
        int known = 5 + random.nextInt(2); // columns; more appear later
        for (int load = 0; load < 40; load++) {
            known = Math.min(Kind.values().length, known + (random.nextInt(12) == 0 ? 1 : 0));
            List<Kind> columns = columns(random, key, known);
            boolean replace = load == 0 || random.nextInt(40) == 0;
            boolean upsert = !replace && random.nextInt(4) > 0;
            List<Map<Kind, String>> rows =
                    rows(random, columns, upsert ? key : List.of(), 1 + random.nextInt(6));
            if (replace) {
                cache.replace(KEY, "o", "l" + load, written(columns, rows));
                expected.clear();
            } else {
                List<String> names = upsert ? key.stream().map(Kind::column).toList() : List.of();
                assertThat(cache.add(KEY, now(), "l" + load, names, written(columns, rows)))
                        .isPresent();
            }
            if (upsert) {
                Set<List<String>> fresh =
                        rows.stream().map(row -> key(row, key)).collect(Collectors.toSet());
                expected.removeIf(row -> fresh.contains(key(row, key)));
            }
            expected.addAll(rows);
            if (load % 5 == 4) {
                assertThat(read()).as("after load " + load).isEqualTo(shown(expected));
            }
        }
        assertThat(now().loadId()).isEqualTo("l39");
        if (random.nextBoolean()) { // another key than before
            List<Kind> other = List.of(Kind.ID);
            List<Map<Kind, String>> rows = rows(random, List.of(Kind.ID, Kind.NOTE), other, 2);
            NewData data = written(List.of(Kind.ID, Kind.NOTE), rows);
            assertThat(cache.add(KEY, now(), "last", List.of("ID"), data)).isPresent();
            Set<List<String>> fresh =
                    rows.stream().map(row -> key(row, other)).collect(Collectors.toSet());
            expected.removeIf(row -> fresh.contains(key(row, other)));
            expected.addAll(rows);
            assertThat(read()).isEqualTo(shown(expected));
        }
    }

    @Test
    void theBaseStaysWhileDeltasAreFewAndIsRewrittenWhenTheyHaveGrown() throws Exception {
        cache.replace(KEY, "o", "l", range(0, 10_000));
        Path base = now().parts().get(0).file();
        FileTime written = Files.getLastModifiedTime(base);
        int most = 0;
        for (int load = 1; load <= 49; load++) {
            add(List.of("id"), range(load * 200, load * 200 + 100));
            most = Math.max(most, now().parts().size());
            assertThat(now().parts().get(0).file()).as("load " + load).isEqualTo(base);
        }
        assertThat(Files.getLastModifiedTime(base)).isEqualTo(written);
        assertThat(most).isLessThan(2 * Tiers.FAN);
        int loads = 49;
        while (now().parts().get(0).file().equals(base)) {
            add(List.of("id"), range(20_000 + loads * 100, 20_100 + loads * 100));
            assertThat(++loads).isLessThan(60);
        }
        assertThat(now().parts()).hasSize(1);
        assertThat(read()).hasSize(10_000 + (loads - 49) * 100);
    }

    @Test
    void aMergeThatFindsNoRoomLeavesTheRowsAsTheyAre() throws Exception {
        cache.replace(KEY, "o", "l", range(0, 3));
        for (int load = 1; load < Tiers.FAN; load++) {
            add(List.of("id"), range(load, load + 3));
        }
        CachedRelation before = now();
        Files.write(before.parts().get(0).file(), new byte[] {1}); // cannot be read, so not merged
        assertThat(cache.add(KEY, before, "l2", List.of("id"), range(8, 9))).isPresent();
        assertThat(now().parts()).hasSize(Tiers.FAN + 1);
        assertThat(now().loadId()).isEqualTo("l2");
    }

    @Test
    void aValueThatACastWouldChangeIsNotKept() throws Exception {
        cache.replace(KEY, "o", "l", data("select 1 as id, 1.10::decimal(9,2) as v"));
        for (String value : List.of("0.125::double", "0.125::decimal(9,3)", "'a'", "[1]")) {
            assertThat(
                            cache.add(
                                    KEY,
                                    now(),
                                    "l2",
                                    List.of("id"),
                                    data("select 2 as id, " + value + " as v")))
                    .as(value)
                    .isEmpty();
        }
        add(List.of("id"), data("select 2.0::double as id, 2.20::decimal(9,2) as V"));
        add(List.of("id"), data("select 3::bigint as id, null::decimal(9,2) as v"));
        assertThat(now().columns())
                .containsExactly(new Column("id", "INTEGER"), new Column("v", "DECIMAL(9,2)"));
        assertThat(read()).containsExactly("{id=1, v=1.10}", "{id=2, v=2.20}", "{id=3, v=null}");
    }

    @Test
    void aColumnWithoutAValueFitsIntoAnyThatTakesNoNumbers() throws Exception {
        List<String> types = List.of("varchar", "date", "time", "uuid", "blob", "timestamptz");
        cache.replace(
                KEY,
                "o",
                "l",
                data(
                        "select 1 as id, "
                                + IntStream.range(0, types.size())
                                        .mapToObj(i -> "null::" + types.get(i) + " as c" + i)
                                        .collect(Collectors.joining(", "))));
        List<Column> before = now().columns();
        for (int load = 0; load < Tiers.FAN; load++) {
            add(
                    List.of("id"),
                    data(
                            "select "
                                    + load
                                    + " as id, "
                                    + IntStream.range(0, types.size())
                                            .mapToObj(i -> "null::integer as c" + i)
                                            .collect(Collectors.joining(", "))));
        }
        assertThat(now().columns()).isEqualTo(before);
        assertThat(now().parts()).hasSize(1);
        assertThat(read()).hasSize(Tiers.FAN);
    }

    private static List<Kind> columns(Random random, List<Kind> key, int known) {
        List<Kind> columns = new ArrayList<>(key);
        for (Kind kind : List.of(Kind.values()).subList(0, known)) {
            if (!columns.contains(kind) && random.nextInt(6) > 0) {
                columns.add(kind);
            }
        }
        return columns;
    }

    /** With a key: at most one row of each. */
    private static List<Map<Kind, String>> rows(
            Random random, List<Kind> columns, List<Kind> key, int count) {
        Map<Object, Map<Kind, String>> rows = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Map<Kind, String> row = new TreeMap<>();
            for (Kind column : columns) {
                if (key.contains(column) || random.nextInt(5) > 0) {
                    row.put(column, column.any(random));
                }
            }
            rows.put(key.isEmpty() ? (Object) i : key(row, key), row);
        }
        return List.copyOf(rows.values());
    }

    private static List<String> key(Map<Kind, String> row, List<Kind> key) {
        return key.stream().map(kind -> row.getOrDefault(kind, "NULL of " + row)).toList();
    }

    private NewData written(List<Kind> columns, List<Map<Kind, String>> rows) throws IOException {
        return data(
                rows.stream()
                        .map(
                                row ->
                                        "select "
                                                + columns.stream()
                                                        .map(kind -> item(kind, row))
                                                        .collect(Collectors.joining(", ")))
                        .collect(Collectors.joining(" union all ")));
    }

    private static String item(Kind kind, Map<Kind, String> row) {
        String value = row.get(kind);
        String literal = value == null ? "null" : "'" + value.replace("'", "''") + "'";
        return "cast(" + literal + " as " + kind.type + ") as " + kind.column();
    }

    private static List<String> shown(List<Map<Kind, String>> rows) {
        return rows.stream()
                .map(
                        row -> {
                            Map<String, String> named = new TreeMap<>();
                            row.forEach((kind, value) -> named.put(kind.column(), value));
                            return named.toString();
                        })
                .sorted()
                .toList();
    }

    /** As {@link #shown}; columns that are NULL everywhere in a row are left out. */
    private List<String> read() throws IOException {
        boolean all = now().columns().size() == 2;
        try (CacheReader reader = CacheReader.open()) {
            CacheReader.Preview preview = reader.preview(now(), 1_000_000);
            return preview.rows().stream()
                    .map(
                            row -> {
                                Map<String, String> named = new TreeMap<>();
                                for (int i = 0; i < row.size(); i++) {
                                    String name = preview.columns().get(i).name();
                                    row.get(i).ifPresent(value -> named.put(name, value));
                                    if (all) {
                                        named.putIfAbsent(name, "null");
                                    }
                                }
                                return named.toString();
                            })
                    .sorted()
                    .toList();
        }
    }

    private void add(List<String> keys, NewData data) throws Exception {
        assertThat(cache.add(KEY, now(), "l", keys, data)).isPresent();
    }

    private CachedRelation now() throws IOException {
        return cache.find(KEY).orElseThrow();
    }

    private NewData range(int from, int to) throws IOException {
        return data("select i::integer as id, 'v' as v from range(" + from + ", " + to + ") t(i)");
    }

    private NewData data(String sql) throws IOException {
        return CacheFixture.data(sql, project.resolve("new" + files++ + ".parquet"));
    }
}
