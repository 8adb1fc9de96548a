package dev.dvtls.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the last run of a node ended, as the project's {@code .dvt/logs} tell.
 *
 * @param at when it ended
 * @param target the output of the profile that it ran on
 * @param rows of the result; empty when it failed, or they were not counted
 * @param failure why it failed; empty when it succeeded
 */
public record LastRun(
        Instant at, String target, OptionalLong rows, Duration took, Optional<Failure> failure) {
    /**
     * @param code of the diagnostic: {@code DVT126}, {@code load-failed}
     * @param message sentences for the user, free of credentials
     */
    public record Failure(String code, String message) {}
}
