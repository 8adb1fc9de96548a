package dev.dvtls.assist;

import dev.dvtls.manifest.KnownColumns;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is known of a project beside its manifest.
 *
 * @param targets types of the profile's outputs by their names; read when they are asked for
 */
public record Known(KnownColumns columns, Supplier<Map<String, String>> targets) {
    public static final Known MANIFEST = new Known(KnownColumns.PROPERTIES, Map::of);
}
