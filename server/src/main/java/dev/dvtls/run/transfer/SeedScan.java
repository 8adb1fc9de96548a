package dev.dvtls.run.transfer;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.dvtls.run.BadSeed;
import dev.dvtls.run.SeedOptions;
import java.io.BufferedWriter;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a seed's CSV file once, a row at a time, and writes the shape of {@link Carrier}, whose
 * first column has each row's line number here.
 */
final class SeedScan {
    /** Stands for the end; when it is part of a field, a quote was never closed. */
    private static final String END = "\uE000dvt end\uE000";

    private final Path csv;
    private final SeedOptions options;

    SeedScan(Path csv, SeedOptions options) {
        this.csv = csv;
        this.options = options;
    }

    /**
     * @param columns names of the header
     */
    record Scanned(List<String> columns, long rows) {}

    Scanned write(Path carrier) throws BadSeed, IOException {
        checkUtf8();
        try (Reader reader = new Ended(Files.newBufferedReader(csv));
                CsvReader<CsvRecord> records =
                        CsvReader.builder()
                                .fieldSeparator(options.delimiter())
                                .skipEmptyLines(false)
                                .allowExtraFields(true)
                                .allowMissingFields(true)
                                .allowExtraCharsAfterClosingQuote(false)
                                .detectBomHeader(false)
                                .ofCsvRecord(reader);
                BufferedWriter out = Files.newBufferedWriter(carrier)) {
            return write(records.iterator(), out);
        } catch (CsvParseException e) {
            throw unreadable(e);
        } catch (UncheckedIOException e) {
            throw e.getCause() == null ? new IOException(e) : e.getCause();
        }
    }

    private Scanned write(Iterator<CsvRecord> records, BufferedWriter out)
            throws BadSeed, IOException {
        CsvRecord header = next(records);
        while (isBlank(header)) {
            header = next(records);
        }
        if (isEnd(header)) {
            throw new BadSeed(csv, 1, "The file is empty. Its first line names the columns.");
        }
        List<String> columns = names(header);
        out.write(Carrier.header(columns.size()));
        long rows = 0;
        for (CsvRecord record = next(records); !isEnd(record); record = next(records)) {
            if (isBlank(record) && columns.size() > 1) {
                continue;
            }
            if (record.getFieldCount() != columns.size()) {
                throw new BadSeed(
                        csv,
                        record.getStartingLineNumber(),
                        "This row has "
                                + count(record.getFieldCount())
                                + ", the header "
                                + count(columns.size())
                                + ". Quote a field that has a '"
                                + options.delimiter()
                                + "' in it.");
            }
            write(record, out);
            rows++;
        }
        return new Scanned(columns, rows);
    }

    private static String count(int fields) {
        return fields + (fields == 1 ? " field" : " fields");
    }

    private CsvRecord next(Iterator<CsvRecord> records) throws BadSeed {
        CsvRecord record = records.next(); // there is one: reading stops at the end's
        if (!isEnd(record) && record.getField(record.getFieldCount() - 1).contains(END)) {
            throw new BadSeed(
                    csv,
                    record.getStartingLineNumber(),
                    "A quote is opened in this row and never closed.");
        }
        return record;
    }

    private static boolean isEnd(CsvRecord record) {
        return record.getFieldCount() == 1 && record.getField(0).equals(END);
    }

    private static boolean isBlank(CsvRecord record) {
        return record.getFieldCount() == 1 && record.getField(0).isEmpty();
    }

    private List<String> names(CsvRecord header) throws BadSeed {
        List<String> names = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        for (String field : header.getFields()) {
            String name = options.names().of(names.isEmpty() ? withoutMark(field) : field);
            if (name.isBlank()) {
                throw new BadSeed(
                        csv,
                        header.getStartingLineNumber(),
                        "Column " + (names.size() + 1) + " has no name in the header.");
            }
            String other = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw new BadSeed(
                        csv,
                        header.getStartingLineNumber(),
                        "The header names '"
                                + name
                                + "' twice"
                                + (other.equals(name) ? "" : " (once as '" + other + "')")
                                + ".");
            }
            names.add(name);
        }
        return names;
    }

    /** Excel writes a byte order mark in front. */
    private static String withoutMark(String name) {
        String bare = name.startsWith("\uFEFF") ? name.substring(1) : name;
        // A mark in front of a quote hides it from the reader.
        return bare.length() > 1
                        && !bare.equals(name)
                        && bare.startsWith("\"")
                        && bare.endsWith("\"")
                ? bare.substring(1, bare.length() - 1).replace("\"\"", "\"")
                : bare;
    }

    private static void write(CsvRecord record, BufferedWriter out) throws IOException {
        out.write(Long.toString(record.getStartingLineNumber()));
        for (int i = 0; i < record.getFieldCount(); i++) {
            String value = record.getField(i);
            out.write(',');
            if (value.isEmpty()) {
                continue;
            }
            if (value.chars().anyMatch(SeedScan::isUnsafe)) {
                out.write('~');
                out.write(HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8)));
            } else {
                out.write("\"=");
                out.write(value.indexOf('"') < 0 ? value : value.replace("\"", "\"\""));
                out.write('"');
            }
        }
        out.write('\n');
    }

    private static boolean isUnsafe(int c) {
        return (c < ' ' && c != '\t' && c != '\n') || c == 0x7F || c == 0xFEFF;
    }

    private BadSeed unreadable(CsvParseException e) {
        String outer = String.valueOf(e.getMessage());
        String inner = e.getCause() == null ? outer : String.valueOf(e.getCause().getMessage());
        String digits = outer.replaceFirst(".*in line (\\d+)", "$1");
        long line = digits.matches("\\d{1,9}") ? Long.parseLong(digits) : 0;
        return new BadSeed(csv, line, "This row cannot be read: " + inner + ".");
    }

    private void checkUtf8() throws BadSeed, IOException {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        CharBuffer chars = CharBuffer.allocate(1 << 16);
        long line = 1;
        try (InputStream in = Files.newInputStream(csv)) {
            boolean end = false;
            while (!end) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                end = read < 0;
                bytes.position(bytes.position() + Math.max(read, 0)).flip();
                CoderResult result = decoder.decode(bytes, chars, end);
                line += chars.flip().chars().filter(c -> c == '\n').count();
                chars.clear();
                if (result.isError()) {
                    throw new BadSeed(
                            csv,
                            line,
                            "This line is not UTF-8 (byte 0x"
                                    + HexFormat.of()
                                            .toHexDigits(bytes.get())
                                            .toUpperCase(Locale.ROOT)
                                    + "). Save the file as UTF-8.");
                }
                bytes.compact();
            }
        }
    }

    /** A file and, on a line of its own, {@link #END}. */
    private static final class Ended extends FilterReader {
        private char last = '\n';
        private String rest = "";
        private boolean over;

        Ended(Reader file) {
            super(file);
        }

        @Override
        public int read() throws IOException {
            char[] one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(char[] into, int from, int most) throws IOException {
            if (!over) {
                int read = super.read(into, from, most);
                if (read > 0) {
                    last = into[from + read - 1];
                    return read;
                }
                over = true;
                rest = (last == '\n' || last == '\r' ? "" : "\n") + END + "\n";
            }
            if (rest.isEmpty()) {
                return -1;
            }
            int count = Math.min(most, rest.length());
            rest.getChars(0, count, into, from);
            rest = rest.substring(count);
            return count;
        }
    }
}
