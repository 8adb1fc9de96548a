package dev.dvtls.python;

import java.util.Optional;

/** A version of Python whose syntax can be asked for. */
public enum PythonVersion {
    V3_8(8),
    V3_9(9),
    V3_10(10),
    V3_11(11),
    V3_12(12),
    V3_13(13),
    V3_14(14);

    /** The newest: its syntax holds all that the older ones accept. */
    public static final PythonVersion LATEST = V3_14;

    private final int minor;

    PythonVersion(int minor) {
        this.minor = minor;
    }

    /** Reads {@code 3.9} or {@code 3.9.18}; a version newer than the newest known counts as it. */
    public static Optional<PythonVersion> of(String text) {
        String[] parts = text.strip().split("\\.", -1);
        if (parts.length < 2 || !parts[0].equals("3") || !parts[1].matches("\\d{1,4}")) {
            return Optional.empty();
        }
        int minor = Integer.parseInt(parts[1]);
        if (minor < 8) {
            return Optional.empty();
        }
        return Optional.of(values()[Math.min(minor - 8, values().length - 1)]);
    }

    boolean before(PythonVersion other) {
        return compareTo(other) < 0;
    }

    /** As people write it: {@code 3.9}. */
    @Override
    public String toString() {
        return "3." + minor;
    }
}
