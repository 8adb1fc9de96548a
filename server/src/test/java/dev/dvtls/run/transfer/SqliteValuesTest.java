package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values in a SQLite file: ours, and those of others, which may be anything anywhere. */
class SqliteValuesTest {
    private static final Relation TABLE = new Relation(Optional.empty(), "main", "values here");
    private static final Connection LITE =
            new Connection("lite", "sqlite", Map.of("type", "sqlite", "path", "v.db"));

    @TempDir Path project;
    private SlingTransfers transfers;
    private Frames frames;
    private SqliteClient client;

    @BeforeEach
    void open() throws Exception {
        transfers = Frames.transfers(project, new Cancellation());
        frames = new Frames(project);
        client = new SqliteClient(project.resolve("v.db"));
    }

    /** A type; what it is after SQLite where that is another one; what SQLite stores; values. */
    private static final List<List<String>> TYPES =
            List.of(
                    List.of("BOOLEAN", "", "integer", "true|false"),
                    List.of("TINYINT", "", "integer", "-128|127"),
                    List.of("USMALLINT", "", "integer", "65535"),
                    List.of("INTEGER", "", "integer", "-2147483648|2147483647"),
                    List.of("BIGINT", "", "integer", "-9223372036854775808|9223372036854775807"),
                    List.of("UBIGINT", "", "integer", "9223372036854775807"),
                    List.of("UBIGINT", "DECIMAL(20,0)", "text", "18446744073709551615|1"),
                    List.of("DECIMAL(10,2)", "", "real", "12345678.91|-0.01|0.10"),
                    List.of("DECIMAL(38,4)", "", "real", "12345678901.2345|-0.0001"),
                    List.of("DECIMAL(38,0)", "", "integer", "9223372036854775807|-1"),
                    List.of(
                            "DECIMAL(38,10)",
                            "",
                            "text",
                            "1234567890123456789012345678.0123456789|-0.0000000001"),
                    List.of("DECIMAL(38,0)", "", "text", "99999999999999999999999999999999999999"),
                    List.of("DOUBLE", "", "real", "0.1|1e300|inf|-inf|1.7976931348623157e308"),
                    List.of("FLOAT", "", "real", "0.1|3.4028235e38|-inf|16777216"),
                    List.of(
                            "VARCHAR",
                            "",
                            "text",
                            "it's \"q\", \\n|007|1e5|😀 ü|=x|~41|NULL|null| x |1.50"),
                    List.of("DATE", "", "text", "0001-01-01|9999-12-31|2024-02-29|infinity"),
                    List.of("TIME", "", "text", "00:00:00|12:34:56.123456|23:59:59.999999"),
                    List.of(
                            "TIMESTAMP",
                            "",
                            "text",
                            "0001-01-01 00:00:00|9999-12-31 23:59:59.999999"),
                    List.of(
                            "TIMESTAMP WITH TIME ZONE",
                            "",
                            "text",
                            "0001-01-01 00:00:00+00|2024-10-27 01:30:00.000005+02"),
                    List.of("INTERVAL", "", "text", "1 year 2 months 3 days 04:05:06.789|0 days"),
                    List.of("BLOB", "", "blob", "\\x00\\xFF\\x0D\\x0A|abc"),
                    List.of("UUID", "", "text", "147552b0-2554-4a0e-b9b6-65a9ff258deb"),
                    List.of("JSON", "", "text", "12345678901234567890|{\"a\":[1,null]}|\"x\""),
                    List.of("INTEGER[]", "JSON", "text", "[1, NULL, 3]"));

    @Test
    void comeBackAsTheyWere() throws Exception {
        String select =
                IntStream.range(0, TYPES.size())
                        .mapToObj(i -> "unnest([" + values(TYPES.get(i)) + "]) as v" + i)
                        .collect(Collectors.joining(", ", "select ", ", unnest(range(11)) as row"));
        Load load = frames.load(Mode.REPLACE, select);
        transfers.load(LITE, TABLE, load);
        Extracted back = transfers.extract(LITE, new Source.Table(TABLE), frames.file());
        assertThat(back.rows()).isEqualTo(load.rows());
        for (int i = 0; i < TYPES.size(); i++) {
            List<String> type = TYPES.get(i);
            String after = type.get(1).isEmpty() ? type.get(0) : type.get(1);
            String of = "select cast(v" + i + " as " + after + ") as v from $1 order by row";
            assertThat(frames.rows(of, back.parquet()))
                    .as(type.toString())
                    .isEqualTo(frames.rows(of, load.parquet()));
            assertThat(back.columns().get(i).type()).as(type.toString()).isEqualTo(after);
            assertThat(
                            client.rows(
                                    "select distinct typeof(v"
                                            + i
                                            + ") from \"values here\" where v"
                                            + i
                                            + " is not null"))
                    .as(type.toString())
                    .contains(type.get(2));
        }
    }

    private static String values(List<String> type) {
        return java.util.Arrays.stream(type.get(3).split("\\|"))
                .map(value -> "cast(" + Sql.text(value) + " as " + type.get(0) + ")")
                .collect(Collectors.joining(", "));
    }

    @Test
    void keepsTextThatFilesChange() throws Exception {
        String select =
                "select unnest(['', null, chr(0) || 'a', 'a' || chr(13) || chr(10) || 'b',"
                        + " 'c' || chr(10) || 'd', '\"', ',', chr(65279), repeat('x', 3000000)])"
                        + " as t, unnest(range(9)) as row";
        Load load = frames.load(Mode.REPLACE, select);
        transfers.load(LITE, TABLE, load);
        Extracted back = transfers.extract(LITE, new Source.Table(TABLE), frames.file());
        String of = "select md5(t) as m, length(t) as n, t = '' as e from $1 order by row";
        assertThat(frames.rows(of, back.parquet())).isEqualTo(frames.rows(of, load.parquet()));
    }

    @Test
    void keepsARowOfOneNull() throws Exception {
        Load load = frames.load(Mode.REPLACE, "select unnest([1, null, 3]) as v");
        transfers.load(LITE, TABLE, load);
        Extracted back = transfers.extract(LITE, new Source.Table(TABLE), frames.file());
        assertThat(frames.rows("from $1", back.parquet()))
                .containsExactly("{'v': 1}", "{'v': NULL}", "{'v': 3}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'nan'::double; NaN",
                "['nan'::double]; not JSON",
            })
    void refusesWhatSqliteWouldMakeNull(String value, String sentence) {
        assertThatThrownBy(
                        () ->
                                transfers.load(
                                        LITE,
                                        TABLE,
                                        frames.load(Mode.REPLACE, "select " + value + " as v")))
                .hasMessageContaining("'v'")
                .hasMessageContaining(sentence)
                .hasMessageContaining("nothing was loaded");
    }

    @Test
    void refusesDigitsThatAnExistingColumnWouldLose() throws Exception {
        transfers.load(
                LITE, TABLE, frames.load(Mode.APPEND, "select 1 as id, 1.5::decimal(38,2) as d"));
        assertThatThrownBy(
                        () ->
                                transfers.load(
                                        LITE,
                                        TABLE,
                                        frames.load(
                                                Mode.APPEND,
                                                "select 2 as id,"
                                                    + " 12345678901234567.25::decimal(38,2) as d")))
                .hasMessageContaining("'d'")
                .hasMessageContaining("15 digits");
        assertThat(client.rows("select d from \"values here\"")).containsExactly("1.5");
    }

    /** A declared type; values in SQL; the type and the texts that come out. */
    private static final List<String> OTHERS =
            List.of(
                    "integer; 1, 'n/a', 2.5; VARCHAR; 1, n/a, 2.5",
                    "integer; 1, 9007199254740993; BIGINT; 1, 9007199254740993",
                    "real; 1, 2.5; DOUBLE; 1.0, 2.5",
                    "; 9007199254740993, 0.5; VARCHAR; 9007199254740993, 0.5",
                    "; 1, 2; BIGINT; 1, 2",
                    "; 'x'; VARCHAR; x",
                    "; null; VARCHAR; NULL",
                    "tinyint; 300; BIGINT; 300",
                    "boolean; 1, 0, null; BOOLEAN; true, false, NULL",
                    "boolean; 'true', 'FALSE'; BOOLEAN; true, false",
                    "boolean; 2; BIGINT; 2",
                    "decimal(10,2); 1.5, 2, 0.1; DECIMAL(10,2); 1.50, 2.00, 0.10",
                    "decimal(10,2); 0.125; DOUBLE; 0.125",
                    "decimal(10,2); 1e300; DOUBLE; 1e+300",
                    "numeric; 1, 2.5; DOUBLE; 1.0, 2.5",
                    "varchar(5); 'longer than five'; VARCHAR; longer than five",
                    "date; '2024-02-29'; DATE; 2024-02-29",
                    "date; '2024-02-29', '29.2.2024'; VARCHAR; 2024-02-29, 29.2.2024",
                    "date; '2024-02-30'; VARCHAR; 2024-02-30",
                    "date; '2024-02-29 10:00:00'; VARCHAR; 2024-02-29 10:00:00",
                    "date; 1700000000; BIGINT; 1700000000",
                    "datetime; '2024-01-01T10:00', '2024-01-01'; TIMESTAMP; 2024-01-01 10:00:00,"
                            + " 2024-01-01 00:00:00",
                    "datetime; '2024-01-01 10:00:00.1234567'; VARCHAR; 2024-01-01 10:00:00.1234567",
                    "timestamp; '2024-01-01 10:00:00+02:00'; VARCHAR; 2024-01-01 10:00:00+02:00",
                    "timestamptz; '2024-01-01 10:00:00Z'; TIMESTAMP WITH TIME ZONE; 2024-01-01"
                            + " 10:00:00+00",
                    "uuid; 'x'; VARCHAR; x",
                    "json; '{', '1'; VARCHAR; {, 1",
                    "blob; x'00ff', 'text', 7; BLOB; \\x00\\xFF, text, 7",
                    "text; cast(x'ff41' as text); BLOB; \\xFFA");

    @Test
    void readsWhatOthersStored() throws Exception {
        StringBuilder script = new StringBuilder("create table \"values here\" (n integer");
        IntStream.range(0, OTHERS.size())
                .forEach(i -> script.append(", v" + i + " " + OTHERS.get(i).split(";")[0]));
        script.append(");");
        for (int row = 0; row < 3; row++) {
            int of = row;
            script.append("insert into \"values here\" select " + row);
            OTHERS.forEach(
                    other -> {
                        String[] values = other.split(";")[1].strip().split(", ");
                        script.append(", " + (of < values.length ? values[of] : "null"));
                    });
            script.append(";");
        }
        client.exec(script.toString());
        Extracted back = transfers.extract(LITE, new Source.Table(TABLE), frames.file());
        assertThat(back.columns().get(0)).isEqualTo(new Column("n", "BIGINT"));
        assertThat(back.warning().orElseThrow())
                .startsWith("main.values here on 'lite' has values")
                .contains("'v0' (INTEGER) as VARCHAR, 'v3' (no type) as VARCHAR, 'v7' (tinyint)")
                .doesNotContain("'v1'", "'v2'", "'v4'", "'v5'", "'v6'")
                .contains(" and 11 more.");
        for (int i = 0; i < OTHERS.size(); i++) {
            String[] other = OTHERS.get(i).split(";");
            String[] texts = other[3].strip().split(", ");
            assertThat(back.columns().get(i + 1).type())
                    .as(OTHERS.get(i))
                    .isEqualTo(other[2].strip());
            List<String> rows =
                    frames.rows(
                            "select coalesce(cast(v"
                                    + i
                                    + " as varchar), 'NULL') as t from $1 where n < "
                                    + texts.length
                                    + " order by n",
                            back.parquet());
            assertThat(rows.stream().map(row -> row.replace("'", "")))
                    .as(OTHERS.get(i))
                    .containsExactly(
                            java.util.Arrays.stream(texts)
                                    .map(text -> "{t: " + text + "}")
                                    .toArray(String[]::new));
        }
    }
}
