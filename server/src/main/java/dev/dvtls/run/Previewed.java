package dev.dvtls.run;

import dev.dvtls.cache.CacheReader.Preview;
import java.util.OptionalLong;

/**
 * The first rows of a node.
 *
 * @param model its unique id
 * @param total rows that there are; empty: not counted
 * @param more there are others than these
 */
public record Previewed(
        String model, String name, Preview rows, OptionalLong total, boolean more) {}
