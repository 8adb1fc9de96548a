package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.reading.Value.Plain;
import dev.dvtls.manifest.reading.Value.Scalar;

/** Python's numbers, as far as a config needs them: {@code timeout=60 * 5}. */
final class Numbers {
    private Numbers() {}

    static Value parse(String written) {
        String text = written.replace("_", "").toLowerCase(java.util.Locale.ROOT);
        try {
            if (text.startsWith("0x")) {
                return new Scalar(Long.parseLong(text.substring(2), 16));
            }
            if (text.startsWith("0o")) {
                return new Scalar(Long.parseLong(text.substring(2), 8));
            }
            if (text.startsWith("0b")) {
                return new Scalar(Long.parseLong(text.substring(2), 2));
            }
            return text.chars().allMatch(Character::isDigit)
                    ? new Scalar(Long.parseLong(text))
                    : text.endsWith("j") ? Plain.UNKNOWN : new Scalar(Double.parseDouble(text));
        } catch (NumberFormatException tooLarge) {
            return Plain.UNKNOWN;
        }
    }

    static Value negate(Value value) {
        if (value instanceof Scalar scalar) {
            if (scalar.value() instanceof Long number) {
                return new Scalar(-number);
            }
            if (scalar.value() instanceof Double number) {
                return new Scalar(-number);
            }
        }
        return Plain.UNKNOWN;
    }

    static Value binary(Value left, String operator, Value right) {
        if (!(left instanceof Scalar a
                && right instanceof Scalar b
                && a.value() instanceof Number x
                && b.value() instanceof Number y)) {
            return Plain.UNKNOWN;
        }
        if (x instanceof Long m && y instanceof Long n) {
            return switch (operator) {
                case "+" -> new Scalar(m + n);
                case "-" -> new Scalar(m - n);
                case "*" -> new Scalar(m * n);
                default -> Plain.UNKNOWN;
            };
        }
        return switch (operator) {
            case "+" -> new Scalar(x.doubleValue() + y.doubleValue());
            case "-" -> new Scalar(x.doubleValue() - y.doubleValue());
            case "*" -> new Scalar(x.doubleValue() * y.doubleValue());
            default -> Plain.UNKNOWN;
        };
    }
}
