package dev.dvtls.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePSet;

/** Sets of values by key, as one immutable value; a change shares what it does not touch. */
final class Groups<V extends Comparable<? super V>> {
    private final PMap<String, TreePSet<V>> sets;

    private Groups(PMap<String, TreePSet<V>> sets) {
        this.sets = sets;
    }

    static <V extends Comparable<? super V>> Groups<V> empty() {
        return new Groups<>(HashTreePMap.empty());
    }

    /** The values of a key, sorted. */
    Collection<V> get(String key) {
        TreePSet<V> set = sets.get(key);
        return set == null ? List.of() : set;
    }

    boolean has(String key) {
        return sets.containsKey(key);
    }

    Groups<V> plus(String key, V value) {
        TreePSet<V> set = sets.get(key);
        return new Groups<>(
                sets.plus(key, set == null ? TreePSet.<V>empty().plus(value) : set.plus(value)));
    }

    Groups<V> minus(String key, V value) {
        TreePSet<V> set = sets.get(key);
        if (set == null) {
            return this;
        }
        TreePSet<V> rest = set.minus(value);
        return new Groups<>(rest.isEmpty() ? sets.minus(key) : sets.plus(key, rest));
    }

    /** All keys that begin so. Time grows with the number of keys. */
    Collection<String> keys(String prefix) {
        List<String> keys = new ArrayList<>();
        for (String key : sets.keySet()) {
            if (key.startsWith(prefix)) {
                keys.add(key);
            }
        }
        return keys;
    }
}
