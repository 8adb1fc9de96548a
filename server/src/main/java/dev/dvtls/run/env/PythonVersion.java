package dev.dvtls.run.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Major and minor number of a Python. */
public record PythonVersion(int major, int minor) implements Comparable<PythonVersion> {
    public static final PythonVersion OLDEST = new PythonVersion(3, 9);
    public static final PythonVersion NEWEST = new PythonVersion(3, 14);

    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)");
    private static final Pattern IN_CONFIG =
            Pattern.compile("(?m)^version(?:_info)?\\s*=\\s*(\\d+)\\.(\\d+)");

    /** The first two numbers of a text. */
    public static Optional<PythonVersion> in(String text) {
        return match(NUMBERS.matcher(text));
    }

    /** Whether models run on it. */
    public boolean isSupported() {
        return compareTo(OLDEST) >= 0 && compareTo(NEWEST) <= 0;
    }

    @Override
    public int compareTo(PythonVersion other) {
        return major != other.major
                ? Integer.compare(major, other.major)
                : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }

    /** That of an interpreter, by the files around it; nothing is started. */
    static Optional<PythonVersion> byFiles(Path python) {
        Path bin = python.toAbsolutePath().getParent();
        Path home =
                bin == null
                        ? null
                        : bin.getFileName().toString().equals("bin")
                                        || bin.getFileName().toString().equals("Scripts")
                                ? bin.getParent()
                                : bin;
        return Optional.ofNullable(home)
                .flatMap(PythonVersion::ofEnvironment)
                .or(() -> ofFile(python));
    }

    private static Optional<PythonVersion> ofEnvironment(Path home) {
        try {
            Path config = home.resolve("pyvenv.cfg");
            if (Files.isRegularFile(config)) {
                return match(IN_CONFIG.matcher(Files.readString(config)));
            }
            Path conda = home.resolve("conda-meta");
            if (Files.isDirectory(conda)) {
                try (Stream<Path> packages = Files.list(conda)) {
                    return packages.map(file -> Objects.toString(file.getFileName()))
                            .filter(name -> name.matches("python-\\d.*\\.json"))
                            .findFirst()
                            .flatMap(PythonVersion::in);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // then the interpreter itself has to say
        }
    }

    /** {@code /usr/bin/python3} is a link to {@code python3.11}. */
    private static Optional<PythonVersion> ofFile(Path python) {
        try {
            return in(Objects.toString(python.toRealPath().getFileName()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<PythonVersion> match(Matcher matcher) {
        return matcher.find()
                ? Optional.of(
                        new PythonVersion(
                                Integer.parseInt(matcher.group(1)),
                                Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }
}
