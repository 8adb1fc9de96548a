package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values go into a target and come back as they were. */
class ValuesTest {
    private static final Relation TABLE = new Relation(Optional.empty(), "public", "values here");

    @TempDir Path project;
    private SlingTransfers transfers;
    private Frames frames;
    private final Postgres server = Postgres.server();
    private final Connection postgres = server.database();
    private final Connection duckdb =
            new Connection("dev", "duckdb", Map.of("path", "v.duckdb", "schema", "public"));

    @BeforeEach
    void open() throws Exception {
        transfers = Frames.transfers(project, new Cancellation());
        frames = new Frames(project);
    }

    /** As {@link TypeCases} wants them, for PostgreSQL. */
    private static final List<List<String>> TYPES =
            List.of(
                    List.of("BOOLEAN", "", "true, false"),
                    List.of("TINYINT", "SMALLINT", "-128, 127"),
                    List.of("UTINYINT", "SMALLINT", "0, 255"),
                    List.of("SMALLINT", "", "-32768, 32767"),
                    List.of("USMALLINT", "INTEGER", "65535"),
                    List.of("INTEGER", "", "-2147483648, 2147483647"),
                    List.of("UINTEGER", "BIGINT", "4294967295"),
                    List.of("BIGINT", "", "-9223372036854775808, 9223372036854775807"),
                    List.of("UBIGINT", "DECIMAL(20,0)", "18446744073709551615"),
                    List.of(
                            "DECIMAL(38,10)",
                            "",
                            "1234567890123456789012345678.0123456789, -0.0000000001"),
                    List.of("DECIMAL(4,4)", "", "0.1234, -0.9999"),
                    List.of(
                            "DOUBLE",
                            "",
                            "0.1, 1e300, 'nan', 'inf', '-inf', 1.7976931348623157e308, -0.0"),
                    List.of("FLOAT", "", "0.1, 3.4028235e38, 'nan', '-inf'"),
                    List.of("DATE", "", "'0001-01-01', '9999-12-31', '2024-02-29'"),
                    List.of("TIME", "", "'00:00:00', '12:34:56.123456', '23:59:59.999999'"),
                    List.of("TIMESTAMP", "", "'0001-01-01 00:00:00', '9999-12-31 23:59:59.999999'"),
                    List.of(
                            "TIMESTAMP WITH TIME ZONE",
                            "",
                            "'0001-01-01 00:00:00+00', '2024-10-27 01:30:00.000005+02'"),
                    List.of("INTERVAL", "", "'1 year 2 months 3 days 04:05:06.789', '0 days'"),
                    List.of("BLOB", "", "'\\x00\\xFF\\x0D\\x0A', '', 'abc'"),
                    List.of("UUID", "", "'147552b0-2554-4a0e-b9b6-65a9ff258deb'"));

    @Test
    void keepsEveryTypeOnBothTargets() throws Exception {
        Load load = frames.load(Mode.REPLACE, TypeCases.select(TYPES));
        for (Connection target : List.of(duckdb, postgres)) {
            transfers.load(target, TABLE, load);
            Extracted back = transfers.extract(target, new Source.Table(TABLE), frames.file());
            boolean same = target.equals(duckdb);
            TypeCases.assertKept(same ? TypeCases.same(TYPES) : TYPES, frames, load, back);
        }
    }

    @Test
    void keepsARowOfOneNull() throws Exception {
        Load load = frames.load(Mode.REPLACE, "select unnest([1, null, 3]) as v");
        for (Connection target : List.of(duckdb, postgres)) {
            transfers.load(target, TABLE, load);
            Extracted back = transfers.extract(target, new Source.Table(TABLE), frames.file());
            assertThat(rows(back.parquet())).isEqualTo(rows(load.parquet()));
        }
    }

    @Test
    void carriesIntervalsThatParquetCannotHoldAsText() throws Exception {
        String select = "interval '-1 month -5 days' as i, interval '1.000001 seconds' as j";
        server.psql(postgres, "create table public.\"values here\" as select " + select);
        frames.duckdb()
                .query(
                        "attach '"
                                + project.resolve("v.duckdb")
                                + "' as t; create schema t.public; create table"
                                + " t.public.\"values here\" as select "
                                + select
                                + ";",
                        java.time.Duration.ofMinutes(1));
        for (Connection target : List.of(duckdb, postgres)) {
            Extracted back = transfers.extract(target, new Source.Table(TABLE), frames.file());
            assertThat(rows(back.parquet()))
                    .containsExactly("{'i': -1 month -5 days, 'j': '00:00:01.000001'}");
        }
    }

    private List<String> rows(Path parquet) throws Exception {
        return frames.rows("select * from $1 order by all", parquet);
    }

    @Test
    void keepsTextOfAllKinds() throws Exception {
        String select =
                """
                select unnest(['', ' ', 'NULL', 'null', '\\N', '\\.', '=x', '~41', 'a"b', 'a''b',
                  'tab\there', 'line' || chr(10) || 'feed', 'crlf' || chr(13) || chr(10) || 'x',
                  'cr' || chr(13), chr(10), '  both  ', 'emoji 😀', 'ümläut', '{a}', '${HOME}', 'a;b',
                  '1', 'true', '2024-01-01', 'a,b', chr(65279) || 'bom', chr(1) || chr(127) || chr(133),
                  'line' || chr(8232) || 'sep', repeat('long "x"' || chr(10), 100000), null]) as t
                """;
        Load load = frames.load(Mode.REPLACE, select);
        for (Connection target : List.of(duckdb, postgres)) {
            transfers.load(target, TABLE, load);
            Extracted back = transfers.extract(target, new Source.Table(TABLE), frames.file());
            assertThat(
                            frames.rows(
                                    "(from $1 except all from $2) union all"
                                            + " (from $2 except all from $1)",
                                    load.parquet(),
                                    back.parquet()))
                    .as(target.type())
                    .isEmpty();
            assertThat(back.rows()).isEqualTo(30);
        }
    }

    @Test
    void carriesNestedValuesAsJson() throws Exception {
        Load load =
                frames.load(
                        Mode.REPLACE,
                        "select [1, null, 3] as l, {'a': 1, 'b': 'x\"y'} as s,"
                                + " map {'k': [1.5]} as m, '{\"j\": [true, null]}'::json as j,"
                                + " null::integer[] as n");
        transfers.load(postgres, TABLE, load);
        assertThat(
                        server.psql(
                                postgres,
                                "select l, s, m, j, n is null from public.\"values here\""))
                .containsExactly(
                        "[1, null, 3]|{\"a\": 1, \"b\": \"x\\\"y\"}|{\"k\": [1.5]}|{\"j\": [true,"
                                + " null]}|t");
        transfers.load(duckdb, TABLE, load);
        assertThat(
                        rows(
                                transfers
                                        .extract(duckdb, new Source.Table(TABLE), frames.file())
                                        .parquet()))
                .isEqualTo(rows(load.parquet()));
    }

    @Test
    void keepsCategoriesAndColumnsWithoutAnyValue() throws Exception {
        Load load =
                frames.load(
                        Mode.REPLACE,
                        "select 'b'::enum('a', 'b') as e, null as nothing, null::double as d");
        for (Connection target : List.of(duckdb, postgres)) {
            transfers.load(target, TABLE, load);
            Extracted back = transfers.extract(target, new Source.Table(TABLE), frames.file());
            assertThat(rows(back.parquet()))
                    .containsExactly("{'e': b, 'nothing': NULL, 'd': NULL}");
        }
    }

    @Test
    void keepsAThousandColumnsAndOddNames() throws Exception {
        String wide =
                IntStream.range(0, 995)
                        .mapToObj(i -> "random() as \"Column " + i + "\"")
                        .collect(Collectors.joining(", "));
        Load load =
                frames.load(
                        Mode.REPLACE,
                        "select "
                                + wide
                                + ", 'x' as \"select\", 1 as \"group by\", 2 as \"a;b\","
                                + " 3 as \"d'e\", 4 as \"ünï 😀 {x}\" from range(20)");
        for (Connection target : List.of(duckdb, postgres)) {
            transfers.load(target, TABLE, load);
            Extracted back = transfers.extract(target, new Source.Table(TABLE), frames.file());
            assertThat(back.columns()).hasSize(1000);
            assertThat(rows(back.parquet())).as(target.type()).isEqualTo(rows(load.parquet()));
        }
    }

    @Test
    void readsTypesThatOnlyPostgresHas() throws Exception {
        server.psql(
                postgres,
                """
                create type mood as enum ('sad', 'ok');
                create domain cents as numeric(10,2);
                create type pair as (a int, b text);
                create table odd (n numeric, nan numeric, huge numeric, c cents, m mood, p pair,
                  a int[], ta text[], ma int[][], mo money, ip inet, cc char(5), vc varchar(10), j json,
                  jb jsonb, bc date, tsinf timestamptz, tz timetz, bits bit(3), x xml);
                insert into odd values (123456789012345678.12345, 'NaN', 1e60, 1.5, 'ok', (1, 'x'),
                  '{1,null}', '{a,"b,c",null}', '{{1,2},{3,4}}', 12.34, '10.0.0.1', 'ab', 'v', '{"a" : 1}',
                  '{"b": [1]}', '0044-03-15 BC', 'infinity', '12:00:00+02', b'101', '<a/>');
                insert into odd (n) values (-1);
                """);
        Extracted back =
                transfers.extract(
                        postgres,
                        new Source.Table(new Relation(Optional.empty(), "public", "odd")),
                        frames.file());
        assertThat(back.columns())
                .extracting(c -> c.name() + " " + c.type())
                .containsExactly(
                        "n DECIMAL(38,5)",
                        "nan DOUBLE",
                        "huge DOUBLE",
                        "c DECIMAL(10,2)",
                        "m VARCHAR",
                        "p JSON",
                        "a INTEGER[]",
                        "ta VARCHAR[]",
                        "ma JSON",
                        "mo DECIMAL(38,2)",
                        "ip VARCHAR",
                        "cc VARCHAR",
                        "vc VARCHAR",
                        "j JSON",
                        "jb JSON",
                        "bc DATE",
                        "tsinf TIMESTAMP WITH TIME ZONE",
                        "tz TIME WITH TIME ZONE",
                        "bits VARCHAR",
                        "x VARCHAR");
        assertThat(
                        frames.rows(
                                "select n, nan, huge, c, m, p, a, ta, ma, mo, ip, cc, vc, j, jb,"
                                        + " bc, tsinf, bits, x from $1 where nan is not null",
                                back.parquet()))
                .containsExactly(
                        "{'n': 123456789012345678.12345, 'nan': nan, 'huge': 1e+60, 'c': 1.50, 'm':"
                            + " ok, 'p': '{\"a\":1,\"b\":\"x\"}', 'a': [1, NULL], 'ta': [a, 'b,c',"
                            + " NULL], 'ma': '[[1,2],[3,4]]', 'mo': 12.34, 'ip': 10.0.0.1/32, 'cc':"
                            + " ab, 'vc': v, 'j': '{\"a\" : 1}', 'jb': '{\"b\": [1]}', 'bc':"
                            + " '0044-03-15 (BC)', 'tsinf': infinity, 'bits': 101, 'x': <a/>}");
    }
}
