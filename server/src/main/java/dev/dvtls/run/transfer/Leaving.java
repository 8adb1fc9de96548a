package dev.dvtls.run.transfer;

/**
 * How a column leaves a database.
 *
 * @param select its carried text, in the database's SQL
 * @param read the carried text as a value, in DuckDB's SQL
 * @param odd condition on a value, in DuckDB's SQL, that makes
 * @param other the column instead of {@code read}
 */
record Leaving(String select, String read, Measure measure, String odd, String other) {
    /** What has to be known of the values before the type is. */
    enum Measure {
        NONE,
        /** How many digits a decimal has. */
        DIGITS,
        /** Whether one of them is odd. */
        ODD
    }

    static Leaving plainly(String select, String read) {
        return new Leaving(select, read, Measure.NONE, "", "");
    }

    static Leaving decimal(String select, String read) {
        return new Leaving(select, read, Measure.DIGITS, "", "");
    }

    static Leaving unless(String odd, String other, String select, String read) {
        return new Leaving(select, read, Measure.ODD, odd, other);
    }

    /** Text, where one of the intervals is such as Parquet cannot hold. */
    static Leaving span(String select, String read) {
        return unless(Carrier.lostSpan(read), "cast(" + read + " as varchar)", select, read);
    }
}
