package dev.dvtls.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.DidChangeWatchedFilesRegistrationOptions;
import org.eclipse.lsp4j.FileSystemWatcher;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.WatchKind;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What we ask a client for once it is ready, beside what {@link Capabilities} says. */
final class Registrations {
    /** What editors watch for us. */
    private static final List<String> WATCHED =
            List.of("**/*.{py,sql,yml,yaml,csv,md}", "**/.dbtignore", "**/{dvt,pyproject}.toml");

    private Registrations() {}

    static List<Registration> of(ClientFeatures features) {
        List<Registration> registrations = new ArrayList<>();
        if (features.watchesFiles()) {
            List<FileSystemWatcher> watchers = new ArrayList<>();
            WATCHED.forEach(glob -> watchers.add(new FileSystemWatcher(Either.forLeft(glob))));
            // A folder that came or went is reported alone, without its files.
            watchers.add(
                    new FileSystemWatcher(
                            Either.forLeft("**/*"), WatchKind.Create | WatchKind.Delete));
            registrations.add(
                    new Registration(
                            "dvt-files",
                            "workspace/didChangeWatchedFiles",
                            new DidChangeWatchedFilesRegistrationOptions(watchers)));
        }
        if (features.registersConfiguration()) {
            registrations.add(
                    new Registration(
                            "dvt-settings",
                            "workspace/didChangeConfiguration",
                            Map.of("section", "dvt")));
        }
        return registrations;
    }
}
