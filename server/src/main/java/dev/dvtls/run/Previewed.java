package dev.dvtls.run;

import dev.dvtls.cache.CacheReader.Preview;
import dev.dvtls.cache.KeptPreview;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The first rows of a node.
 *
 * @param model its unique id
 * @param total rows that there are; empty: not counted
 * @param more there are others than these
 * @param kept the rows on disk, instead of {@code rows}, where that was wanted
 */
public record Previewed(
        String model,
        String name,
        Preview rows,
        OptionalLong total,
        boolean more,
        Optional<KeptPreview> kept) {
    public Previewed(String model, String name, Preview rows, OptionalLong total, boolean more) {
        this(model, name, rows, total, more, Optional.empty());
    }

    static Previewed of(KeptPreview kept) {
        return new Previewed(
                kept.model(),
                kept.name(),
                new Preview(kept.columns(), List.of()),
                kept.total(),
                kept.more(),
                Optional.of(kept));
    }
}
