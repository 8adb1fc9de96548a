package dev.dvtls.run;

import dev.dvtls.cache.CachedRelation;
import dev.dvtls.run.Transfers.Field;
import java.util.List;
import java.util.Optional;

/** Whether cached columns are what a table would give, were it extracted. Pure. */
final class Shape {
    private Shape() {}

    static boolean same(List<CachedRelation.Column> cached, List<Field> existing) {
        if (cached.size() != existing.size()) {
            return false;
        }
        for (int i = 0; i < cached.size(); i++) {
            Field there = existing.get(i);
            if (!cached.get(i).name().equalsIgnoreCase(there.name())
                    || !there.extracted().equals(Optional.of(cached.get(i).type()))) {
                return false;
            }
        }
        return true;
    }
}
