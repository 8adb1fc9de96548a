package dev.dvtls.cache;

import dev.dvtls.cache.CachedRelation.Column;
import java.util.Optional;

/**
 * What a column of a frame holds.
 *
 * @param distinct values, NULL apart
 * @param min as text; empty where there is none, or no order
 */
public record ColumnProfile(
        Column column, long nulls, long distinct, Optional<String> min, Optional<String> max) {}
