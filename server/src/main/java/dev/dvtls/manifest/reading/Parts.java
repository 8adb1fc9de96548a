package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.reading.Value.Items;
import dev.dvtls.manifest.reading.Value.Pairs;
import dev.dvtls.manifest.reading.Value.Plain;
import dev.dvtls.manifest.reading.Value.Scalar;
import java.util.List;

/** Takes parts out of known lists and dicts. */
final class Parts {
    private Parts() {}

    /** {@code value[index]}. */
    static Value item(Value value, Value index) {
        if (value instanceof Pairs pairs) {
            return pairs.get(index);
        }
        if (value instanceof Items items
                && index instanceof Scalar scalar
                && scalar.value() instanceof Long position) {
            long at = position < 0 ? position + items.items().size() : position;
            if (at >= 0 && at < items.items().size()) {
                return items.items().get((int) at);
            }
        }
        return Plain.UNKNOWN;
    }

    /** What a name inside a tuple target gets. */
    static Value part(Value value, List<Integer> path) {
        Value part = value;
        for (int index : path) {
            if (part == Plain.NEVER) {
                return part;
            }
            if (!(part instanceof Items items) || index >= items.items().size()) {
                return Plain.UNKNOWN;
            }
            part = items.items().get(index);
        }
        return part;
    }
}
