package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dvtls.run.BadSeed;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.SeedOptions;
import dev.dvtls.run.Transfers.Extracted;
import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedFileTest {
    @TempDir Path project;
    private SlingTransfers transfers;
    private Frames frames;
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        transfers = Frames.transfers(project, new Cancellation());
        frames = new Frames(project);
    }

    private Extracted read(String text, SeedOptions options) throws Exception {
        return read(text.getBytes(StandardCharsets.UTF_8), options);
    }

    private Extracted read(byte[] bytes, SeedOptions options) throws Exception {
        Path csv = Files.write(project.resolve("s.csv"), bytes);
        return transfers.readCsv(csv, options, frames.file(), warnings::add);
    }

    private List<String> rows(Extracted seed) throws Exception {
        return frames.rows("select * from $1", seed.parquet());
    }

    private static String types(Extracted seed) {
        return seed.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }

    private SeedOptions config(Map<String, Object> config) throws BadSeed {
        return SeedOptions.of(project.resolve("s.csv"), config, "postgres");
    }

    private SeedOptions typed(String column, String type) throws BadSeed {
        return config(Map.of("column_types", Map.of(column, type)));
    }

    private String refused(String text, SeedOptions options) {
        return refused(text.getBytes(StandardCharsets.UTF_8), options);
    }

    private String refused(byte[] bytes, SeedOptions options) {
        BadSeed bad = catchThrowableOfType(BadSeed.class, () -> read(bytes, options));
        assertThat(bad).as("accepted: " + new String(bytes, StandardCharsets.UTF_8)).isNotNull();
        return bad.line() + ": " + bad.getMessage();
    }

    /** Values of one column, parted by blanks, and what the column becomes. */
    private static final List<List<String>> COLUMNS =
            List.of(
                    List.of("1 -2 0 null", "BIGINT"),
                    List.of("9223372036854775807 -9223372036854775808", "BIGINT"),
                    List.of("9223372036854775808 1", "VARCHAR"),
                    List.of("00501 10001", "VARCHAR"),
                    List.of("+1 2", "VARCHAR"),
                    List.of("-0 1", "DOUBLE"),
                    List.of("1 2.50", "DOUBLE"),
                    List.of(".5 -1e3 2E-7", "DOUBLE"),
                    List.of("1. 2", "VARCHAR"),
                    List.of("0.123456789012345 1", "DOUBLE"),
                    List.of("0.1234567890123456 1", "VARCHAR"),
                    List.of("1e400 1", "VARCHAR"),
                    List.of("1e-400 1", "VARCHAR"),
                    List.of("e5 1", "VARCHAR"),
                    List.of("- 1", "VARCHAR"),
                    List.of("nan 1.5", "VARCHAR"),
                    List.of("1,5 2", "VARCHAR"),
                    List.of("$5 6", "VARCHAR"),
                    List.of("true FALSE True", "BOOLEAN"),
                    List.of("t f", "VARCHAR"),
                    List.of("yes no", "VARCHAR"),
                    List.of("true 1", "VARCHAR"),
                    List.of("2024-02-29 0001-01-01 9999-12-31", "DATE"),
                    List.of("2024-02-30 2024-01-01", "VARCHAR"),
                    List.of("0000-01-01 2024-01-01", "VARCHAR"),
                    List.of("01/02/2024", "VARCHAR"),
                    List.of("2024-1-2", "VARCHAR"),
                    List.of("2024-01-01T10:00 2024-01-01T10:00:00.123456", "TIMESTAMP"),
                    List.of("2024-01-01T10:00:00.1234567", "VARCHAR"),
                    List.of("2024-01-01T24:00:00", "VARCHAR"),
                    List.of("2024-01-01 2024-01-01T10:00:00", "VARCHAR"),
                    List.of(
                            "2024-01-01T10:00:00Z 2024-01-01T10:00:00+02:00",
                            "TIMESTAMP WITH TIME ZONE"),
                    List.of("2024-01-01T10:00:00Z 2024-01-01T10:00:00", "VARCHAR"),
                    List.of("null", "VARCHAR"),
                    List.of("null Null x", "VARCHAR"),
                    List.of("1 a", "VARCHAR"));

    @Test
    void infersATypeThatChangesNoValue() throws Exception {
        StringBuilder csv = new StringBuilder();
        csv.append(
                IntStream.range(0, COLUMNS.size())
                        .mapToObj(i -> "c" + i)
                        .collect(Collectors.joining(";", "", "\n")));
        for (int row = 0; row < 4; row++) {
            int r = row;
            csv.append(
                    COLUMNS.stream()
                            .map(column -> column.get(0).split(" "))
                            .map(values -> r < values.length ? values[r] : "")
                            .collect(Collectors.joining(";", "", "\n")));
        }
        Extracted seed = read(csv.toString(), config(Map.of("delimiter", ";")));
        for (int i = 0; i < COLUMNS.size(); i++) {
            assertThat(seed.columns().get(i).type())
                    .as(COLUMNS.get(i).get(0))
                    .isEqualTo(COLUMNS.get(i).get(1));
        }
        assertThat(rows(seed).get(0))
                .contains("'c0': 1,", "'c3': 00501", "'c7': 0.5", "'c33': 'null', 'c34': 'null'");
        assertThat(rows(seed).get(3)).contains("'c0': NULL", "'c1': NULL");
    }

    @Test
    void readsWhatSpreadsheetsAndPeopleWrite() throws Exception {
        Extracted seed =
                read(
                        "\uFEFFid,\"a text\",Größe\r\n1,\"two\r\nlines, \"\"quoted\"\"\",\r\n"
                                + "\r\n 2 ,\"\", x \r\n3,\u0001~😀\t,'x'",
                        SeedOptions.NONE);
        assertThat(types(seed)).isEqualTo("id BIGINT, a text VARCHAR, Größe VARCHAR");
        assertThat(frames.rows("select id, \"a text\" as t, Größe from $1", seed.parquet()))
                .containsExactly(
                        "{'id': 1, 't': 'two\r\nlines, \"quoted\"', 'Größe': NULL}",
                        "{'id': 2, 't': NULL, 'Größe': ' x '}",
                        "{'id': 3, 't': '\u0001~😀\t', 'Größe': '\\'x\\''}");
        assertThat(types(read("\uFEFF\"id\",b\n1,2\n", SeedOptions.NONE)))
                .isEqualTo("id BIGINT, b BIGINT");
    }

    @Test
    void aHeaderAloneIsAnEmptySeed() throws Exception {
        for (String text : List.of("a,b", "a,b\n", "\n\na,b\r\n\n")) {
            Extracted seed = read(text, typed("b", "date"));
            assertThat(types(seed)).isEqualTo("a VARCHAR, b DATE");
            assertThat(seed.rows()).isZero();
        }
    }

    @Test
    void oneColumnKeepsItsBlankLines() throws Exception {
        assertThat(rows(read("a\n1\n\n\"\"\n2\n", SeedOptions.NONE)))
                .containsExactly("{'a': 1}", "{'a': NULL}", "{'a': NULL}", "{'a': 2}");
    }

    /** A type as a user writes it, text values, the column's type and values. */
    private static final List<List<String>> GIVEN =
            List.of(
                    List.of("varchar(5)", "00501|null", "VARCHAR", "00501|null"),
                    List.of("Character Varying (20)", "1", "VARCHAR", "1"),
                    List.of("INT", "007|+5", "INTEGER", "7|5"),
                    List.of("int unsigned", "4294967295", "UINTEGER", "4294967295"),
                    List.of("NUMBER(10, 2)", "1.50|1.500|-3", "DECIMAL(10,2)", "1.50|1.50|-3.00"),
                    List.of(
                            "numeric",
                            "1.25|123456789012345678901.5",
                            "DECIMAL(38,2)",
                            "1.25|123456789012345678901.50"),
                    List.of("decimal(5)", "12345", "DECIMAL(5,0)", "12345"),
                    List.of("float8", "0.1|nan", "DOUBLE", "0.1|nan"),
                    List.of("bool", "t|0|TRUE", "BOOLEAN", "true|false|true"),
                    List.of(
                            "timestamp(6) without time zone",
                            "2024-01-01|2024-01-01 10:00",
                            "TIMESTAMP",
                            "2024-01-01 00:00:00|2024-01-01 10:00:00"),
                    List.of(
                            "timestamptz",
                            "2024-01-01T10:00:00+02",
                            "TIMESTAMP WITH TIME ZONE",
                            "2024-01-01 08:00:00+00"),
                    List.of("time", "23:59:59.5", "TIME", "23:59:59.5"),
                    List.of(
                            "uuid",
                            "147552b0-2554-4a0e-b9b6-65a9ff258deb",
                            "UUID",
                            "147552b0-2554-4a0e-b9b6-65a9ff258deb"),
                    List.of("jsonb", "[1]", "JSON", "[1]"),
                    List.of("bytea", "\\x00ff|ab", "BLOB", "\\x00\\xFF|ab"));

    @Test
    void obeysColumnTypes() throws Exception {
        for (List<String> given : GIVEN) {
            String text =
                    "other,v\n"
                            + given.get(1)
                                    .lines()
                                    .map(v -> "x," + v.replace("|", "\nx,"))
                                    .collect(Collectors.joining("\n"));
            Extracted seed = read(text, typed("V", given.get(0)));
            assertThat(seed.columns().get(1).type()).as(given.get(0)).isEqualTo(given.get(2));
            assertThat(
                            frames.rows(
                                    "select string_agg(cast(v as varchar), '|') as v from $1",
                                    seed.parquet()))
                    .as(given.get(0))
                    .containsExactly("{'v': " + quoted(given.get(3)) + "}");
        }
        assertThat(warnings).isEmpty();
    }

    /** As DuckDB shows text inside a struct. */
    private static String quoted(String text) {
        return text.matches(".*[ ,:\\[].*|null") ? "'" + text + "'" : text;
    }

    @Test
    void namesAValueThatDoesNotFit() throws Exception {
        assertThat(refused("id,price\n1,2.5\n\"2\n\",1.005\n", typed("price", "numeric(10,2)")))
                .isEqualTo(
                        "3: '1.005' in the column 'price' does not fit numeric(10,2), its type in"
                                + " `column_types`.");
        for (List<String> given :
                List.of(
                        List.of("int", "1.5"),
                        List.of("int", "2147483648"),
                        List.of("varchar(3)", "abcd"),
                        List.of("date", "01/02/2024"),
                        List.of("date", "2024-01-01 10:00"),
                        List.of("timestamp", "2024-01-01T10:00:00Z"),
                        List.of("boolean", "maybe"),
                        List.of("decimal(4,1)", "1000"),
                        List.of("json", "{a"))) {
            assertThat(refused("v\n" + given.get(1), typed("v", given.get(0))))
                    .startsWith("2: '" + given.get(1) + "' in the column 'v' does not fit");
        }
        assertThat(refused("v\n1", typed("v", "geography")))
                .startsWith("0: The type 'geography', which `column_types` gives the column 'v'");
        assertThat(refused("v\n1", typed("v", "decimal(39,2)"))).contains("decimal(39,2)");
        read("v\n1", typed("w", "int"));
        assertThat(warnings)
                .containsExactly(
                        "`column_types` names a column 'w', which s.csv does not have. It has v.");
    }

    @Test
    void refusesABrokenFileByLine() {
        SeedOptions none = SeedOptions.NONE;
        assertThat(refused("", none)).startsWith("1: The file is empty.");
        assertThat(refused("\n\n", none)).contains("The file is empty.");
        assertThat(refused("a,,c\n", none)).isEqualTo("1: Column 2 has no name in the header.");
        assertThat(refused("id,ID\n", none))
                .isEqualTo("1: The header names 'ID' twice (once as 'id').");
        assertThat(refused("a,b\n1,\"x\ny\"\n1,2,3\n", none))
                .startsWith("4: This row has 3 fields, the header 2 fields.");
        assertThat(refused("a,b\n1\n", none)).startsWith("2: This row has 1 field");
        assertThat(refused("a,b\n1,2\n3,\"4\n5,6\n", none))
                .isEqualTo("3: A quote is opened in this row and never closed.");
        assertThat(refused("a,b\n1,2\n3,\"4", none)).startsWith("3: A quote is opened");
        assertThat(refused("a,b\n1,\"2\"x\n", none))
                .startsWith("2: This row cannot be read: Unexpected character after closing quote");
        assertThat(refused("a\nx\ncaf\u00E9\n".getBytes(StandardCharsets.ISO_8859_1), none))
                .isEqualTo("3: This line is not UTF-8 (byte 0xE9). Save the file as UTF-8.");
        assertThat(refused(new byte[] {'a', '\n', (byte) 0xC3}, none)).startsWith("2: ");
    }

    @Test
    void foldsNamesWhereTheyAreNotQuoted() throws Exception {
        assertThat(types(read("Id,B\n1,2\n", config(Map.of("quote_columns", false)))))
                .isEqualTo("id BIGINT, b BIGINT");
        assertThat(types(read("Id,B\n1,2\n", config(Map.of("quote_columns", true)))))
                .isEqualTo("Id BIGINT, B BIGINT");
    }

    @Test
    void streamsALargeFile() throws Exception {
        Path csv = project.resolve("large.csv");
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.write("id,name,amount,note\n");
            for (int i = 0; i < 200_000; i++) {
                out.write(i + ",name " + i + "," + i / 4.0 + ",\"two\nlines " + i + "\"\n");
            }
        }
        Extracted seed = transfers.readCsv(csv, SeedOptions.NONE, frames.file(), warnings::add);
        assertThat(seed.rows()).isEqualTo(200_000);
        assertThat(
                        frames.rows(
                                "select sum(id) as i, sum(amount) as a, count(distinct note) as n"
                                        + " from $1",
                                seed.parquet()))
                .containsExactly("{'i': 19999900000, 'a': 4999975000.0, 'n': 200000}");
    }
}
