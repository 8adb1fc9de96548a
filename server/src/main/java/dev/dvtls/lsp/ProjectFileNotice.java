package dev.dvtls.lsp;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;

/**
 * Says that a project file cannot be used, which makes all else look wrong: once, as long as it is
 * so. On the loop.
 */
final class ProjectFileNotice {
    private final Client client;
    private final Supplier<Snapshot> snapshots;
    private final Map<Path, String> told = new HashMap<>();

    ProjectFileNotice(Client client, Supplier<Snapshot> snapshots) {
        this.client = client;
        this.snapshots = snapshots;
    }

    void projectChanged(Path root) {
        Optional<String> problem =
                Optional.ofNullable(snapshots.get().projects().get(root)).stream()
                        .flatMap(m -> m.problems().stream())
                        .filter(p -> root.equals(p.file().getParent()))
                        // Deleted while it was read: the project goes with it, nothing to tell.
                        .filter(p -> Files.exists(p.file(), LinkOption.NOFOLLOW_LINKS))
                        .findFirst()
                        .map(p -> p.file() + ", line " + p.line() + ": " + p.message());
        Optional<String> before = Optional.ofNullable(told.get(root));
        if (problem.isEmpty()) {
            told.remove(root);
        } else if (!problem.equals(before)) {
            told.put(root, problem.get());
            client.showMessage(new MessageParams(MessageType.Warning, problem.get()));
        }
    }
}
