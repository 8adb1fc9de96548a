package dev.dvtls.run.transfer;

import java.time.Duration;

/**
 * How long a call may take before it and its children are ended.
 *
 * @param query a catalog query or an answer to a ping
 * @param data moving or applying rows
 * @param lock waiting for another program that holds a database file
 */
public record Limits(Duration query, Duration data, Duration lock) {
    public static final Limits USUAL =
            new Limits(Duration.ofMinutes(2), Duration.ofHours(6), Duration.ofSeconds(60));
}
