package dev.dvtls.assist;

import java.util.ArrayList;
import java.util.List;

/**
 * What is offered at a cursor.
 *
 * @param incomplete there is more that fits: to be asked again when more is typed
 */
public record Offer(List<Suggestion> items, boolean incomplete) {
    static final Offer NOTHING = new Offer(List.of(), false);

    static Offer of(List<Suggestion> items) {
        return new Offer(items, false);
    }

    Offer and(List<Suggestion> more) {
        List<Suggestion> all = new ArrayList<>(items);
        all.addAll(more);
        return new Offer(List.copyOf(all), incomplete);
    }
}
