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
import dev.dvtls.testing.MariaDb;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values go into MariaDB and come back as they were, or are refused. */
class MariaDbValuesTest {
    @TempDir Path project;
    private final MariaDb server = MariaDb.server();
    private final Connection shop = server.database();
    private final Relation table = new Relation(Optional.empty(), shop.name(), "values here");
    private SlingTransfers transfers;
    private Frames frames;

    @BeforeEach
    void open() throws Exception {
        transfers = Frames.transfers(project, new Cancellation());
        frames = new Frames(project);
    }

    /** As {@link TypeCases} wants them. */
    private static final List<List<String>> TYPES =
            List.of(
                    List.of("BOOLEAN", "", "true, false"),
                    List.of("TINYINT", "", "-128, 127"),
                    List.of("UTINYINT", "", "0, 255"),
                    List.of("SMALLINT", "", "-32768, 32767"),
                    List.of("USMALLINT", "", "65535"),
                    List.of("INTEGER", "", "-2147483648, 2147483647"),
                    List.of("UINTEGER", "", "4294967295"),
                    List.of("BIGINT", "", "-9223372036854775808, 9223372036854775807"),
                    List.of("UBIGINT", "", "18446744073709551615"),
                    List.of(
                            "DECIMAL(38,10)",
                            "",
                            "1234567890123456789012345678.0123456789, -0.0000000001"),
                    List.of("DECIMAL(4,4)", "", "0.1234, -0.9999"),
                    List.of("DECIMAL(38,38)", "", "0.12345678901234567890123456789012345678"),
                    List.of(
                            "DOUBLE",
                            "",
                            "0.1, 1e300, 5e-324, 1.7976931348623157e308, 0.30000000000000004"),
                    List.of("FLOAT", "", "0.1, 3.4028235e38, -3.4028235e38, 1.5"),
                    List.of("DATE", "", "'0001-01-01', '9999-12-31', '2024-02-29'"),
                    List.of("TIME", "", "'00:00:00', '12:34:56.123456', '23:59:59.999999'"),
                    List.of("TIMESTAMP", "", "'0001-01-01 00:00:00', '9999-12-31 23:59:59.999999'"),
                    List.of(
                            "TIMESTAMP WITH TIME ZONE",
                            "",
                            "'0001-01-01 00:00:00+00', '2024-10-27 01:30:00.000005+02'"),
                    List.of("INTERVAL", "", "'1 year 2 months 3 days 04:05:06.789', '0 days'"),
                    List.of("BLOB", "", "'\\x00\\xFF\\x0D\\x0A', '', 'abc'"),
                    List.of("UUID", "", "'147552b0-2554-4a0e-b9b6-65a9ff258deb'"),
                    List.of("JSON", "", "'{\"a\":[1,null,\"x😀\"]}', 'null', '1e400'"));

    @Test
    void keepsEveryType() throws Exception {
        Load load = frames.load(Mode.REPLACE, TypeCases.select(TYPES));
        TypeCases.assertKept(TYPES, frames, load, roundTrip(load));
    }

    private Extracted roundTrip(Load load) throws Exception {
        transfers.load(shop, table, load);
        return transfers.extract(shop, new Source.Table(table), frames.file());
    }

    private List<String> difference(Load load, Extracted back) throws Exception {
        return frames.rows(
                "(from $1 except all from $2) union all (from $2 except all from $1)",
                load.parquet(),
                back.parquet());
    }

    @Test
    void keepsTextOfAllKinds() throws Exception {
        Load load =
                frames.load(
                        Mode.REPLACE,
                        """
                        select unnest(['', ' ', 'a', 'a ', 'A', 'NULL', '\\N', '\\\\', '=x', '~41',
                          'a"b', 'a''b', 'tab\there', 'crlf' || chr(13) || chr(10) || 'x', chr(10),
                          'emoji 😀', 'ümläut', '{a}', '${HOME}', 'a;b', '1', 'true', '[1]',
                          chr(65279) || 'bom', chr(1) || chr(127) || chr(133), 'nul' || chr(0) || 'x',
                          'line' || chr(8232) || 'sep', repeat('long "x"' || chr(10), 300000), null])
                          as t
                        """);
        Extracted back = roundTrip(load);
        assertThat(difference(load, back)).isEmpty();
        assertThat(back.rows()).isEqualTo(29);
    }

    @Test
    void keepsNestedValuesCategoriesAndNulls() throws Exception {
        Load load =
                frames.load(
                        Mode.REPLACE,
                        "select [1, null, 3] as l, {'a': 1, 'b': 'x\"y'} as s, map {'k': [1.5]} as"
                                + " m, null::integer[] as n, 'b'::enum('a', 'b') as e, null as"
                                + " nothing, null::double as d");
        assertThat(frames.rows("select * from $1", roundTrip(load).parquet()))
                .containsExactly(
                        "{'l': '[1,null,3]', 's': '{\"a\":1,\"b\":\"x\\\\\"y\"}', 'm':"
                                + " '{\"k\":[1.5]}', 'n': NULL, 'e': b, 'nothing': NULL, 'd':"
                                + " NULL}");
    }

    /** A row of InnoDB would be too long for these. */
    @Test
    void keepsAThousandColumnsAndOddNames() throws Exception {
        String wide =
                IntStream.range(0, 996)
                        .mapToObj(i -> "md5(range || '" + i + "') as \"Column " + i + "\"")
                        .collect(Collectors.joining(", "));
        Load load =
                frames.remembered(
                        Mode.REPLACE,
                        "select range as \"select\", "
                                + wide
                                + ", 'x' as \"group by\", 2 as \"a;b`c\", 3 as \"d'e ünï {x}\""
                                + " from range(20)",
                        "select");
        Extracted back = roundTrip(load);
        assertThat(back.columns()).hasSize(1000);
        assertThat(difference(load, back)).isEmpty();
        Load more =
                frames.remembered(
                        Mode.UPSERT,
                        "select * from read_parquet('"
                                + load.parquet()
                                + "') where \"select\" > 14"
                                + " union all by name select 30 as \"select\"",
                        "select");
        transfers.load(shop, table, more);
        transfers.load(shop, table, more);
        assertThat(server.sql(shop, "select count(*) from `values here`")).containsExactly("21");
        assertThat(transfers.find(shop, table).orElseThrow().loadId()).contains(more.loadId());
        Load again = frames.remembered(Mode.APPEND, "select 31 as \"select\"");
        transfers.load(shop, table, again);
        transfers.load(shop, table, again);
        assertThat(server.sql(shop, "select count(*) from `values here`")).containsExactly("22");
    }

    @Test
    void tellsKeysApartByCaseAndSpaces() throws Exception {
        String old = "select unnest(['a', 'A', 'a ', 'ä', 'b']) as k, 'old' as v";
        transfers.load(shop, table, frames.load(Mode.UPSERT, old, "k"));
        transfers.load(
                shop,
                table,
                frames.load(Mode.UPSERT, "select unnest(['a ', 'B']) as k, 'new' as v", "k"));
        List<String> expected =
                List.of("[A]old", "[B]new", "[a ]new", "[a]old", "[b]old", "[ä]old");
        String rows = "select concat('[', k, ']', v) from `values here` order by hex(k)";
        assertThat(server.sql(shop, rows)).containsExactlyInAnyOrderElementsOf(expected);
        // a table of the user's, whose collation knows no case
        server.sql(shop, "create table own (k varchar(20) collate utf8mb4_general_ci, v text)");
        Relation own = new Relation(Optional.empty(), shop.name(), "own");
        transfers.load(shop, own, frames.load(Mode.APPEND, old));
        transfers.load(
                shop,
                own,
                frames.load(Mode.UPSERT, "select unnest(['a ', 'B']) as k, 'new' as v", "k"));
        assertThat(server.sql(shop, rows.replace("`values here`", "own")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** The server's max_allowed_packet is 16 MB. */
    @Test
    void saysWhyARowIsTooLong() throws Exception {
        Load load = frames.load(Mode.REPLACE, "select repeat('x', 20000000) as long_text");
        assertThatThrownBy(() -> transfers.load(shop, table, load))
                .hasMessageContaining("max_allowed_packet");
        assertThat(server.sql(shop, "show tables")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select 'nan'::double as f | 'f' | NaN",
                "select '-inf'::float as f | 'f' | infinity",
                "select [1.5, 'nan'::double] as l | 'l' | not JSON",
                "select date '10000-01-01' as d | 'd' | 9999",
                "select timestamp 'infinity' as d | 'd' | 9999",
                "select 1 as \"x \" | 'x ' | ends with a space",
                "select 1 as \"a😀\" | a😀 | takes in no name",
                "select 1 as \"12345678901234567890123456789012345678901234567890123456789012345\""
                        + " | 65 characters | MariaDB takes 64",
            })
    void refusesWhatMariaDbCannotHold(String select, String name, String words) throws Exception {
        Load load = frames.load(Mode.REPLACE, select);
        assertThatThrownBy(() -> transfers.load(shop, table, load))
                .hasMessageContaining(name.strip())
                .hasMessageContaining(words.strip());
        assertThat(server.sql(shop, "show tables")).isEmpty();
    }

    @Test
    void readsTypesThatOnlyMariaDbHas() throws Exception {
        server.sql(
                shop,
                """
                set time_zone = '+05:00';
                create table `values here` (n decimal(65,5), flag tinyint(1), num tinyint(1), b bit(1),
                  bits bit(12), y year, e enum('x', 'y z'), s set('a', 'b'), ts timestamp(6) null,
                  long_time time, zero date, l varchar(10) character set latin1, bin varbinary(5),
                  ip inet6, p point, d datetime, g int as (y + 1));
                set sql_mode = '';
                insert into `values here` (n, flag, num, b, bits, y, e, s, ts, long_time, zero, l, bin,
                  ip, p, d) values (12345678901234567890.12345, 1, 7, 1, b'101010101010', 2024, 'y z',
                  'a,b', '2024-06-01 12:00:00.000001', '-100:00:00', '0000-00-00', 'é', x'00ff', '::1',
                  point(1, 2), '2024-01-01 00:00:01');
                insert into `values here` (n) values (null);
                """);
        Extracted back = transfers.extract(shop, new Source.Table(table), frames.file());
        assertThat(back.columns())
                .extracting(Column::type)
                .containsExactly(
                        "DECIMAL(38,5)",
                        "BOOLEAN",
                        "TINYINT",
                        "BOOLEAN",
                        "UBIGINT",
                        "SMALLINT",
                        "VARCHAR",
                        "VARCHAR",
                        "TIMESTAMP WITH TIME ZONE",
                        "VARCHAR",
                        "DATE",
                        "VARCHAR",
                        "BLOB",
                        "VARCHAR",
                        "VARCHAR",
                        "TIMESTAMP",
                        "INTEGER");
        assertThat(
                        frames.rows(
                                "select * replace (hex(bin) as bin) from $1 where n is not null",
                                back.parquet()))
                .containsExactly(
                        "{'n': 12345678901234567890.12345, 'flag': true, 'num': 7, 'b': true,"
                            + " 'bits': 2730, 'y': 2024, 'e': y z, 's': 'a,b', 'ts': '2024-06-01"
                            + " 07:00:00.000001+00', 'long_time': '-100:00:00', 'zero': NULL, 'l':"
                            + " é, 'bin': 00FF, 'ip': '::1', 'p': 'POINT(1 2)', 'd': '2024-01-01"
                            + " 00:00:01', 'g': 2025}");
    }
}
