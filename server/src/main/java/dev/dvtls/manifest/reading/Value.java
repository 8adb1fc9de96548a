package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.PythonModel.SqlText;
import dev.dvtls.python.StringLiteral;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an expression is known to be before anything runs. */
sealed interface Value {
    enum Plain implements Value {
        /** Known only at run time. */
        UNKNOWN,
        /** Never evaluated at all: the element of an empty list. */
        NEVER,
        /** Python's {@code None}. */
        NONE
    }

    /** A Boolean, Long or Double. */
    record Scalar(Object value) implements Value {}

    /** A list, tuple or set. */
    record Items(List<Value> items) implements Value {}

    /** A dict, keys and values pairwise. */
    record Pairs(List<Value> keys, List<Value> values) implements Value {
        Value get(Value key) {
            if (plain(key) instanceof String name) {
                for (int i = keys.size() - 1; i >= 0; i--) {
                    if (name.equals(plain(keys.get(i)))) {
                        return values.get(i);
                    }
                }
            }
            return Plain.UNKNOWN;
        }
    }

    /**
     * A string, perhaps with holes.
     *
     * @param exact false when it went through {@code format}, {@code strip} and the like: good
     *     enough to read SQL, not to name a model
     */
    record Text(List<Piece> pieces, boolean exact) implements Value, SqlText.Places {
        /** Stands in {@link #value()} for what is not known. */
        static final char HOLE = SqlText.HOLE;

        static Text of(Piece piece) {
            return new Text(List.of(piece), true);
        }

        static Text of(StringLiteral literal) {
            return of(new Literal(literal.value(), literal, 0));
        }

        String value() {
            if (pieces.size() == 1) {
                return pieces.get(0).text();
            }
            StringBuilder all = new StringBuilder();
            pieces.forEach(p -> all.append(p.text()));
            return all.toString();
        }

        boolean hasHoles() {
            return pieces.stream().anyMatch(Gap.class::isInstance);
        }

        Text plus(Text other) {
            List<Piece> both = new ArrayList<>(pieces);
            both.addAll(other.pieces);
            return new Text(List.copyOf(both), exact && other.exact);
        }

        Text inexact() {
            return new Text(pieces, false);
        }

        /** The place of a range that stands in one literal; empty where it is put together. */
        Optional<Span> literal(Span range) {
            int from = 0;
            for (Piece piece : pieces) {
                int to = from + piece.text().length();
                if (from <= range.start() && range.end() <= to && piece instanceof Literal) {
                    return Optional.of(source(range));
                }
                from = to;
            }
            return Optional.empty();
        }

        /**
         * The place in the source of a range of {@link #value()}. Where its pieces do not stand
         * side by side ({@code "__model__{}".format("x")}), the last one's.
         */
        @Override
        public Span source(Span range) {
            int from = 0;
            Span found = Span.NONE;
            boolean first = true;
            for (Piece piece : pieces) {
                int to = from + piece.text().length();
                if (to > range.start() && from < Math.max(range.end(), range.start() + 1)) {
                    int start = piece.startOf(Math.max(range.start() - from, 0));
                    int end = piece.endOf(Math.max(Math.min(range.end(), to) - from - 1, 0));
                    boolean beside = !first && start == found.end();
                    found = new Span(beside ? found.start() : start, Math.max(start, end));
                    first = false;
                }
                from = to;
            }
            return found;
        }
    }

    /** A run of a {@link Text}. */
    sealed interface Piece {
        String text();

        /** Source offset of a character of it. */
        int startOf(int index);

        /** Source offset past a character of it. */
        int endOf(int index);
    }

    /**
     * Characters that stand in the source.
     *
     * @param from index in the literal's value of the first of them
     */
    record Literal(String text, StringLiteral literal, int from) implements Piece {
        @Override
        public int startOf(int index) {
            return literal.sourceOffset(from + index);
        }

        @Override
        public int endOf(int index) {
            return literal.sourceOffset(from + index) + 1;
        }
    }

    /** What an expression in the source was known to give. */
    record Given(String text, Span at) implements Piece {
        @Override
        public int startOf(int index) {
            return at.start();
        }

        @Override
        public int endOf(int index) {
            return at.end();
        }
    }

    /** What an expression gives is not known. */
    record Gap(Span at) implements Piece {
        @Override
        public String text() {
            return String.valueOf(Text.HOLE);
        }

        @Override
        public int startOf(int index) {
            return at.start();
        }

        @Override
        public int endOf(int index) {
            return at.end();
        }
    }

    /**
     * As Java writes it: String, Boolean, Long, Double, List, Map; {@link Plain} when not known.
     */
    static Object plain(Value value) {
        if (value instanceof Text text) {
            return text.exact() && !text.hasHoles() ? text.value() : Plain.UNKNOWN;
        }
        if (value instanceof Scalar scalar) {
            return scalar.value();
        }
        if (value instanceof Items items) {
            List<Object> all = new ArrayList<>();
            for (Value item : items.items()) {
                Object one = plain(item);
                if (one instanceof Plain) {
                    return Plain.UNKNOWN;
                }
                all.add(one);
            }
            return List.copyOf(all);
        }
        if (value instanceof Pairs pairs) {
            return plainMap(pairs);
        }
        return value;
    }

    private static Object plainMap(Pairs pairs) {
        var all = new java.util.LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.keys().size(); i++) {
            Object key = plain(pairs.keys().get(i));
            Object value = plain(pairs.values().get(i));
            if (value == Plain.NONE) {
                continue; // a key that is None is a key that is not given
            }
            if (key instanceof Plain || value instanceof Plain) {
                return Plain.UNKNOWN;
            }
            all.put(String.valueOf(key), value);
        }
        return java.util.Collections.unmodifiableMap(all);
    }
}
