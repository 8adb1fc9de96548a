package dev.dvtls.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.cache.CacheReader.QueryRefused;
import dev.dvtls.cache.FrameReader.Part;
import dev.dvtls.cache.FrameView.Filter;
import dev.dvtls.cache.FrameView.Op;
import dev.dvtls.cache.FrameView.Order;
import dev.dvtls.cache.KeptPreviews.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames of previews: kept, and looked at in pages. */
class FrameReaderTest {
    /** Every kind of value twice, and NULL. */
    private static final String VALUES =
            """
            select * from (values
              (true, 1::tinyint, 9223372036854775807, 18446744073709551615::ubigint,
               12345678901234567890123456.789::decimal(38,3), 0.1::double, 'NaN'::double,
               'it''s "x", é 🚀', '', date '0001-01-01', timestamp '2026-01-02 03:04:05.000006',
               time '23:59:59', '00112233-4455-6677-8899-aabbccddeeff'::uuid, '\\xFF\\x00a'::blob,
               [1, null], {'a': 1, 'b': 'x'}, map {'k': 1.5}, interval '3 days'),
              (false, -2::tinyint, -9223372036854775808, 0::ubigint, 0.001::decimal(38,3), -0.5,
               'Infinity'::double, 'B', 'b', date '9999-12-31', timestamp '1969-12-31 00:00:00',
               time '00:00:00', '00000000-0000-0000-0000-000000000000'::uuid, ''::blob, [],
               {'a': null, 'b': ''}, map {}, interval '2 hours'),
              (null, null, null, null, null, null, null, null, null, null, null, null, null, null,
               null, null, null, null))
            as t(flag, tiny, big, ubig, "dec imal", dbl, nan, "te""xt", "empty", day, ts, clock, id,
                 bytes, list, struct, map, span)
            """;

    @TempDir Path folder;
    private KeptPreviews previews;

    @BeforeEach
    void store() {
        previews = new KeptPreviews(folder.resolve("previews"));
    }

    private KeptPreview keep(String sql, long limit) throws IOException {
        Path work = Files.createDirectories(folder.resolve("work"));
        return previews.keep(
                new Frame("model.p.m", "m", OptionalLong.empty(), List.of()), sql, limit, work);
    }

    private FrameReader.Rows rows(KeptPreview kept, Part part) throws Exception {
        try (FrameReader reader = FrameReader.open(previews, kept)) {
            return reader.rows(part);
        }
    }

    private List<String> values(KeptPreview kept, FrameView view) throws Exception {
        return rows(kept, new Part(view, 0, 100, List.of(), 0)).rows().stream()
                .map(row -> row.get(0).orElse("NULL"))
                .toList();
    }

    private static FrameView where(String column, String op, String value) {
        Op wanted =
                Arrays.stream(Op.values())
                        .filter(one -> one.word().equals(op))
                        .findFirst()
                        .orElseThrow();
        return new FrameView(List.of(), List.of(new Filter(column, wanted, value)));
    }

    private static FrameView by(Order... order) {
        return new FrameView(List.of(order), List.of());
    }

    @Test
    void valuesAreDuckDbsTextsOfThem() throws Exception {
        KeptPreview kept = keep(VALUES, 10);
        assertThat(kept.columns()).extracting(c -> c.name()).contains("dec imal", "te\"xt");
        assertThat(rows(kept, new Part(FrameView.ALL, 0, 1, List.of(), 0)).rows().get(0))
                .extracting(cell -> cell.orElse("NULL"))
                .containsExactly(
                        "true",
                        "1",
                        "9223372036854775807",
                        "18446744073709551615",
                        "12345678901234567890123456.789",
                        "0.1",
                        "nan",
                        "it's \"x\", é 🚀",
                        "",
                        "0001-01-01",
                        "2026-01-02 03:04:05.000006",
                        "23:59:59",
                        "00112233-4455-6677-8899-aabbccddeeff",
                        "\\xFF\\x00a",
                        "[1, NULL]",
                        "{'a': 1, 'b': x}",
                        "{k=1.5}",
                        "3 days");
        List<List<Optional<String>>> last =
                rows(kept, new Part(FrameView.ALL, 2, 9, List.of(), 0)).rows();
        assertThat(last).hasSize(1);
        assertThat(last.get(0)).containsOnly(Optional.empty());
    }

    @Test
    void everyKindIsSortedFilteredAndProfiled() throws Exception {
        KeptPreview kept = keep(VALUES, 10);
        List<ColumnProfile> profiles;
        try (FrameReader reader = FrameReader.open(previews, kept)) {
            profiles = reader.profile(FrameView.ALL);
        }
        assertThat(profiles).hasSameSizeAs(kept.columns());
        assertThat(profiles).allMatch(one -> one.nulls() == 1 && one.distinct() == 2);
        assertThat(profiles.get(2).min()).hasValue("-9223372036854775808");
        assertThat(profiles.get(4).max()).hasValue("12345678901234567890123456.789");
        for (CachedRelation.Column column : kept.columns()) {
            String name = column.name();
            assertThat(values(kept, by(new Order(name, true)))).as(name).endsWith("NULL");
            assertThat(values(kept, where(name, "null", ""))).as(name).containsExactly("NULL");
            assertThat(values(kept, where(name, "notNull", ""))).as(name).hasSize(2);
            String first =
                    rows(kept, new Part(FrameView.ALL, 0, 1, List.of(name), 0))
                            .rows()
                            .get(0)
                            .get(0)
                            .orElseThrow();
            assertThat(values(kept, where(name, "=", first))).as(name).containsExactly("true");
            assertThat(values(kept, where(name, "<>", first))).as(name).hasSize(2);
            assertThat(values(kept, where(name, "contains", first))).as(name).contains("true");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "n, >, 1.5, '2,3'",
        "n, >=, 2, '2,3'",
        "n, <, 2e0, 1",
        "n, =, 2, 2",
        "n, <>, 2, '1,3,NULL'",
        "d, =, 0.10, 1",
        "d, <=, 0.2, '1,2'",
        "t, contains, B_, 3",
        "t, contains, x'; drop, 2",
        "t, =, a, 1",
        "t, <, b, '1,3'",
    })
    void filters(String column, String op, String value, String expected) throws Exception {
        KeptPreview kept =
                keep(
                        "select * from (values (1, 0.1::decimal(9,3), 'a'), (2, 0.2, 'x''; drop'),"
                                + " (3, 0.3, 'ab_'), (null, null, null)) as t(n, d, t)",
                        10);
        assertThat(String.join(",", values(kept, where(column, op, value)))).isEqualTo(expected);
    }

    @Test
    void severalColumnsSortAndEqualRowsStayAsTheyAre() throws Exception {
        KeptPreview kept =
                keep("select i as id, i % 2 as two, i % 3 as three from range(6) as t(i)", 10);
        assertThat(values(kept, by(new Order("two", true), new Order("three", false))))
                .containsExactly("3", "1", "5", "0", "4", "2");
        assertThat(values(kept, by(new Order("two", false))))
                .containsExactly("0", "2", "4", "1", "3", "5");
    }

    @Test
    void pagesFollowTheOrderOfTheFrame() throws Exception {
        KeptPreview kept =
                keep("select 20000 - i as n, 'x' || i as t from range(20000) as t(i)", 15000);
        assertThat(kept.rows()).isEqualTo(15000);
        assertThat(kept.more()).isTrue();
        FrameReader.Rows page = rows(kept, new Part(FrameView.ALL, 9999, 3, List.of("t", "n"), 0));
        assertThat(page.total()).isEqualTo(15000);
        assertThat(page.rows())
                .containsExactly(
                        List.of(Optional.of("x9999"), Optional.of("10001")),
                        List.of(Optional.of("x10000"), Optional.of("10000")),
                        List.of(Optional.of("x10001"), Optional.of("9999")));
        FrameView few = where("n", ">", "19000");
        assertThat(rows(kept, new Part(few, 998, 10, List.of(), 0)).total()).isEqualTo(1000);
        assertThat(rows(kept, new Part(few, 998, 10, List.of(), 0)).rows()).hasSize(2);
    }

    @Test
    void longValuesAreCutWhereThatIsWanted() throws Exception {
        KeptPreview kept = keep("select repeat('é', 20) as t, null as n", 10);
        assertThat(rows(kept, new Part(FrameView.ALL, 0, 1, List.of(), 5)).rows())
                .containsExactly(List.of(Optional.of("ééééé…"), Optional.empty()));
    }

    @Test
    void whatCannotBeComparedIsSaid() throws Exception {
        KeptPreview kept = keep("select 1 as n, date '2026-01-01' as d", 10);
        assertThatThrownBy(() -> values(kept, where("d", ">", "soon")))
                .isInstanceOf(QueryRefused.class)
                .hasMessage("'soon' cannot be compared with d, which is DATE.");
        assertThatThrownBy(() -> values(kept, where("n", "=", "")))
                .isInstanceOf(QueryRefused.class);
        assertThatThrownBy(() -> values(kept, by(new Order("\"; drop", false))))
                .hasMessage("The preview has no column \"; drop.");
    }

    @Test
    void noRowsHaveColumnsToo() throws Exception {
        KeptPreview kept =
                previews.keepEmpty(
                        new Frame("model.p.m", "m", OptionalLong.empty(), List.of()),
                        List.of(
                                new CachedRelation.Column("a b", "BIGINT"),
                                new CachedRelation.Column("s", "STRUCT(x INTEGER)")),
                        Files.createDirectories(folder.resolve("work")));
        assertThat(kept.columns())
                .extracting(c -> c.type())
                .containsExactly("BIGINT", "STRUCT(x INTEGER)");
        assertThat(kept.more()).isFalse();
        assertThat(values(kept, FrameView.ALL)).isEmpty();
        assertThat(previews.find(kept.id())).contains(kept);
    }

    @ParameterizedTest
    @CsvSource({"CSV", "JSON", "PARQUET"})
    void aViewIsExported(FrameReader.Format format) throws Exception {
        KeptPreview kept =
                keep(
                        "select * from (values (1, 'a,\"b'), (2, ''), (3, null)) as t(\"n n\", t)",
                        10);
        FrameView view =
                new FrameView(
                        List.of(new Order("n n", true)),
                        List.of(new Filter("n n", Op.GREATER, "0")));
        Path file = folder.resolve("it's [out].x");
        Files.writeString(file, "before");
        assertThat(FrameReader.export(previews, kept, view, format, file, reader -> {}))
                .isEqualTo(3);
        if (format == FrameReader.Format.PARQUET) {
            try (CacheReader reader = CacheReader.open()) {
                assertThat(
                                reader.query(
                                                "from read_parquet('"
                                                        + file.toString()
                                                                .replace("'", "''")
                                                                .replace("[", "[[]")
                                                        + "')",
                                                9)
                                        .columns())
                        .extracting(c -> c.name())
                        .containsExactly("n n", "t");
            }
        } else {
            assertThat(Files.readString(file).replace("\t", "").replace("\n", "|"))
                    .isEqualTo(
                            format == FrameReader.Format.CSV
                                    ? "n n,t|3,|2,\"\"|1,\"a,\"\"b\"|"
                                    : "[|{\"n n\":3,\"t\":null},|{\"n n\":2,\"t\":\"\"},"
                                            + "|{\"n n\":1,\"t\":\"a,\\\"b\"}|]|");
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("previews", "work", "it's [out].x");
        }
    }

    @Test
    void anExportThatFailsLeavesTheFile() throws Exception {
        KeptPreview kept = keep("select 1 as n", 10);
        Path file = folder.resolve("out.csv");
        Files.writeString(file, "before");
        FrameView wrong = where("n", "=", "x");
        assertThatThrownBy(
                        () ->
                                FrameReader.export(
                                        previews,
                                        kept,
                                        wrong,
                                        FrameReader.Format.CSV,
                                        file,
                                        r -> {}))
                .isInstanceOf(QueryRefused.class);
        assertThat(Files.readString(file)).isEqualTo("before");
    }

    @Test
    void cancellingEndsWhatIsComputed() throws Exception {
        KeptPreview kept =
                keep(
                        "select hash(i) as a, hash(i * 7)::varchar as b from range(400000) as t(i)",
                        400000);
        try (FrameReader reader = FrameReader.open(previews, kept)) {
            CompletableFuture<Throwable> ended =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    while (true) {
                                        reader.rows(
                                                new Part(
                                                        by(new Order("b", false)),
                                                        0,
                                                        9,
                                                        List.of(),
                                                        0));
                                        reader.profile(FrameView.ALL);
                                    }
                                } catch (QueryRefused | IOException e) {
                                    return e;
                                }
                            });
            reader.cancel();
            assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        }
        assertThat(previews.folder().resolve(kept.id()))
                .isDirectoryNotContaining("glob:**spill*")
                .isDirectoryNotContaining("glob:**part");
    }

    @Test
    void onlyTheNewestAreKeptAndTheRestIsSaidToBeGone() throws Exception {
        List<KeptPreview> all = new ArrayList<>();
        for (int i = 0; i <= KeptPreviews.KEPT; i++) {
            all.add(keep("select " + i + " as n", 10));
            Files.setLastModifiedTime(
                    previews.folder().resolve(all.get(i).id()).resolve("preview.json"),
                    FileTime.fromMillis(1_000_000L + i));
        }
        KeptPreview last = keep("select 99 as n", 10);
        assertThat(previews.find(all.get(0).id())).isEmpty();
        assertThat(previews.find(all.get(1).id())).isEmpty();
        assertThat(previews.find(all.get(2).id())).isPresent();
        assertThat(values(last, FrameView.ALL)).containsExactly("99");
        assertThatThrownBy(() -> values(all.get(0), FrameView.ALL))
                .isInstanceOf(QueryRefused.class)
                .hasMessage("The rows of m are not kept any more. Compute them again.");
    }

    @ParameterizedTest
    @CsvSource({"../previews", "..", ".hidden", "a/b", "''", "nothing-there"})
    void noNameLeadsOutOfTheFolder(String id) throws Exception {
        keep("select 1 as n", 10);
        assertThat(previews.find(id)).isEmpty();
    }

    @Test
    void aFrameReachesNothingButItsFolder() throws Exception {
        KeptPreview kept = keep("select 'x' as file", 10);
        try (FrameReader reader = FrameReader.open(previews, kept)) {
            assertThat(reader.count(previews.rows(kept))).isEqualTo(1);
            Path outside = previews.rows(keep("select 1 as secret", 10));
            assertThatThrownBy(() -> reader.count(outside)).hasMessageContaining("disabled");
        }
    }
}
