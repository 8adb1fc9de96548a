package dev.dvtls.cache;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, as a person says it. Pure. */
public final class Age {
    private Age() {}

    public static String of(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.toMinutes() < 1) {
            return Math.max(0, age.toSeconds()) + " s old";
        } else if (age.toHours() < 2) {
            return age.toMinutes() + " min old";
        } else if (age.toDays() < 2) {
            return age.toHours() + " h old";
        }
        return age.toDays() + " days old";
    }
}
