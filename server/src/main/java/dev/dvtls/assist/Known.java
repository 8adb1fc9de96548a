package dev.dvtls.assist;

import dev.dvtls.manifest.KnownColumns;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is known of a project beside its manifest.
 *
 * @param targets types of the profile's outputs by their names; read when they are asked for
 * @param recent files that somebody works on, the one that was changed last first
 */
public record Known(
        KnownColumns columns, Supplier<Map<String, String>> targets, List<Path> recent) {
    public static final Known MANIFEST = new Known(KnownColumns.PROPERTIES, Map::of);

    public Known(KnownColumns columns, Supplier<Map<String, String>> targets) {
        this(columns, targets, List.of());
    }
}
