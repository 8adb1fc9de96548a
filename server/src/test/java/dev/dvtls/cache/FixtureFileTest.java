package dev.dvtls.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.cache.CacheReader.Preview;
import dev.dvtls.cache.FixtureFile.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FixtureFileTest {
    /** A value of each kind, NULL beside it. */
    private static final String KINDS =
            """
            select unnest([1, null]::integer[]) as id, unnest(['', null]) as "the empty, one",
              unnest(['a"b,c' || chr(10) || 'd', null]) as text, unnest(['NULL', 'x']) as word,
              unnest([[1, null], null]) as list, unnest([{'a': 1, 'b': 'x y'}, null]) as struct,
              unnest(['\\xAA\\x00'::blob, null]) as bytes, unnest([12.5::decimal(20, 4), null]) as dec,
              unnest([interval 1 month, null]) as iv, unnest([timestamptz '2020-01-01 00:00:00+00']) as tz,
              unnest([170141183460469231731687303715884105727::hugeint, null]) as huge,
              unnest([map {'k': [1.5]}, null]) as map, unnest(['nan'::double, 0.1]) as double,
              unnest([time '12:00:00.123456', null]) as time, unnest([date '2020-02-29', null]) as day,
              unnest([timestamp_ns '2020-01-01 00:00:00.123456789', null]) as nanos,
              unnest(['101'::bit, null]) as bits, unnest([['', null, 'a, b', '"'], null]) as texts,
              unnest([uuid '9d9f5b62-151e-4554-8973-edca7b1ac08c', null]) as uuid
            """;

    @TempDir Path folder;

    private static Preview rows(String sql) throws Exception {
        try (CacheReader reader = CacheReader.open()) {
            return reader.query(sql, 100);
        }
    }

    private Preview read(String name) throws Exception {
        return rows(FixtureFile.find(folder, name).orElseThrow().sql());
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfValueComesBack(Format format) throws Exception {
        assertThat(FixtureFile.write(folder, "kinds", format, KINDS)).isEqualTo(2);
        assertThat(read("kinds")).isEqualTo(rows(KINDS));
    }

    @ParameterizedTest
    @EnumSource
    void aColumnOfNothingAndNoRowsAtAll(Format format) throws Exception {
        String one = "select unnest([1, null, 2]) as n";
        FixtureFile.write(folder, "one", format, one);
        assertThat(read("one")).isEqualTo(rows(one));
        String none = "select 1::hugeint as a, 'x' as b where false";
        FixtureFile.write(folder, "none", format, none);
        assertThat(read("none")).isEqualTo(rows(none));
    }

    @Test
    void theFirstRowsAlone() throws Exception {
        String sql = FixtureFile.first("select 1000 - range as id from range(1000)", 3);
        assertThat(FixtureFile.write(folder, "some", Format.CSV, sql)).isEqualTo(3);
        assertThat(Files.readString(folder.resolve("some.csv"))).isEqualTo("id\n1\n2\n3\n");
    }

    @Test
    void everyKindOfValueHasAnOrder() throws Exception {
        assertThat(rows(FixtureFile.first(KINDS, 10)).rows()).hasSize(2);
    }

    @Test
    void theOtherFormatGoes() throws Exception {
        FixtureFile.write(folder, "a", Format.CSV, "select 1 as id");
        FixtureFile.write(folder, "a", Format.PARQUET, "select 2 as id");
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> String.valueOf(f.getFileName())))
                    .containsExactly("a.parquet");
        }
    }

    /** For version control. */
    @ParameterizedTest
    @EnumSource
    void theSameRowsAreTheSameBytes(Format format) throws Exception {
        String other = "select * from range(70000) t(id)";
        FixtureFile.write(folder.resolve("1"), "kinds", format, KINDS);
        FixtureFile.write(folder.resolve("1"), "many", format, other);
        FixtureFile.write(folder.resolve("2"), "many", format, other);
        FixtureFile.write(folder.resolve("2"), "kinds", format, KINDS);
        try (var files = Files.list(folder.resolve("1"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(3);
            for (Path file : all) {
                assertThat(folder.resolve("2").resolve(file.getFileName()))
                        .hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void timesAreOfNoTimeZone() throws Exception {
        FixtureFile.write(
                folder, "a", Format.CSV, "select timestamptz '2020-01-01 05:00:00+05' as at");
        assertThat(Files.readString(folder.resolve("a.csv")))
                .isEqualTo("at\n2020-01-01 00:00:00+00\n");
    }

    @Test
    void aPersonEditsTheText() throws Exception {
        FixtureFile.write(
                folder, "a", Format.CSV, "select 1::hugeint as id, 'x' as gone, '007' as code");
        Files.writeString(folder.resolve("a.csv"), "code,new,id\n010,2020-01-01,\n\"\",,5\n");
        Preview read = read("a");
        assertThat(read.columns())
                .extracting(c -> c.name() + " " + c.type())
                .containsExactly("code VARCHAR", "new DATE", "id HUGEINT");
        assertThat(read.rows())
                .containsExactly(
                        List.of(Optional.of("010"), Optional.of("2020-01-01"), Optional.empty()),
                        List.of(Optional.of(""), Optional.empty(), Optional.of("5")));
    }

    @Test
    void aFileWrittenByHandNeedsNoTypes() throws Exception {
        Files.writeString(folder.resolve("it's [1].csv"), "id,name\n1,a\n");
        assertThat(read("it's [1]").columns())
                .extracting(c -> c.name() + " " + c.type())
                .containsExactly("id BIGINT", "name VARCHAR");
    }

    @Test
    void typesThatAreNotJsonAreNamed() throws Exception {
        Files.writeString(folder.resolve("a.csv"), "id\n1\n");
        Files.writeString(folder.resolve("types.json"), "[");
        assertThatThrownBy(() -> read("a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("types.json")
                .hasMessageContaining("Mend or delete it");
    }
}
