package dev.dvtls.manifest;

import dev.dvtls.manifest.reading.ModelReading;
import java.nio.file.Path;

/** Reads what a {@code .py} model says of itself. */
public final class PythonModelReader {
    private PythonModelReader() {}

    /** Never throws: of a broken text it says what can be read. */
    public static ModelFile read(Path path, String text) {
        return ModelReading.read(path, text);
    }
}
