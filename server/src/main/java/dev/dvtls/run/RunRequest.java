package dev.dvtls.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user asks to run.
 *
 * @param select selectors in dbt's grammar; empty: everything that can be run
 * @param target output of the profile; empty: its default
 * @param failFast stop at the first model that fails
 * @param threads models at a time; empty: the target's, else 4
 * @param timeout per model; empty: the model's config, else none
 * @param python interpreter that the user or editor chose; empty: found by the order of the
 *     specification
 * @param environment for the worker, on top of this process's
 * @param debugging of the one Python model that is named; empty: nothing is debugged
 * @param onFixtures models read their fixtures, and no database is asked; only what loads nothing
 *     can be done so
 */
public record RunRequest(
        Path projectDir,
        List<String> select,
        List<String> exclude,
        Optional<String> target,
        Optional<Path> profilesDir,
        boolean fullRefresh,
        boolean failFast,
        Optional<Integer> threads,
        Optional<Duration> timeout,
        Optional<Path> python,
        Optional<Path> sling,
        Map<String, Object> vars,
        Map<String, String> environment,
        Optional<Debugging> debugging,
        boolean onFixtures) {

    /** Without a debugger, on what the databases have. */
    public RunRequest(
            Path projectDir,
            List<String> select,
            List<String> exclude,
            Optional<String> target,
            Optional<Path> profilesDir,
            boolean fullRefresh,
            boolean failFast,
            Optional<Integer> threads,
            Optional<Duration> timeout,
            Optional<Path> python,
            Optional<Path> sling,
            Map<String, Object> vars,
            Map<String, String> environment) {
        this(
                projectDir,
                select,
                exclude,
                target,
                profilesDir,
                fullRefresh,
                failFast,
                threads,
                timeout,
                python,
                sling,
                vars,
                environment,
                Optional.empty(),
                false);
    }

    /** The same, with a debugger. */
    public RunRequest debugged(Optional<Debugging> how) {
        return with(select, how, onFixtures);
    }

    /** The same, on fixtures or not. */
    public RunRequest onFixtures(boolean on) {
        return with(select, debugging, on);
    }

    /** The same of other nodes. */
    RunRequest selecting(List<String> other) {
        return with(other, debugging, onFixtures);
    }

    private RunRequest with(List<String> selectors, Optional<Debugging> how, boolean fixtures) {
        return new RunRequest(
                projectDir,
                selectors,
                exclude,
                target,
                profilesDir,
                fullRefresh,
                failFast,
                threads,
                timeout,
                python,
                sling,
                vars,
                environment,
                how,
                fixtures);
    }
}
