package dev.dvtls.lsp;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Notices what was installed: nobody tells of changes in an environment, which lies outside of the
 * workspace.
 *
 * @param looking where the disk may be read
 * @param isStale true when what is known of the machine is no longer so; reads the disk
 * @param changed called on the loop then
 */
record MachineWatch(Loop loop, Executor looking, BooleanSupplier isStale, Runnable changed) {
    /** How soon a package that was installed is noticed. */
    private static final long MILLIS = 2_000;

    /** Looks now and then, as long as the loop runs. */
    void begin() {
        loop.executeLater(MILLIS, () -> looking.execute(this::look));
    }

    private void look() {
        loop.execute(this::begin);
        if (isStale.getAsBoolean()) {
            loop.execute(changed);
        }
    }
}
