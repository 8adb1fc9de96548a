package dev.dvtls.manifest;

import java.util.Optional;
import java.util.function.Supplier;

/** A value made when it is first asked for, and kept. Thread-safe. */
final class Once<T> {
    private final Supplier<T> make;
    private Optional<T> made = Optional.empty();

    Once(Supplier<T> make) {
        this.make = make;
    }

    synchronized T get() {
        T value = made.orElseGet(make);
        made = Optional.of(value);
        return value;
    }
}
