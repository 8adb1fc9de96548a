package dev.dvtls.lsp;

import dev.dvtls.run.env.Interpreter;
import dev.dvtls.run.env.InterpreterChoice;
import dev.dvtls.run.env.Machine;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings of each folder that the client has open. Written on the loop, read anywhere. */
final class FolderSettings {
    private record Known(Settings general, Map<Path, Settings> folders) {}

    private final Machine machine;
    private volatile Known known;

    FolderSettings(Settings general, Machine machine) {
        this.machine = machine;
        this.known = new Known(general, Map.of());
    }

    /** Those of the client, in no particular folder. */
    Settings general() {
        return known.general();
    }

    /** Those of the innermost folder that a file or a project lies in. */
    Settings of(Path place) {
        Known now = known;
        return folder(now, place).map(now.folders()::get).orElse(now.general());
    }

    private static Optional<Path> folder(Known known, Path place) {
        for (Path at = place; at != null; at = at.getParent()) {
            if (known.folders().containsKey(at)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    boolean trusted() {
        return general().trusted();
    }

    /** Of a project that lies in one of the folders. */
    Optional<String> target(Path root) {
        return of(root).target();
    }

    InterpreterChoice choice(Path root) {
        return of(root).choice(folder(known, root).orElse(root));
    }

    /** The interpreter for a run; empty: the run finds it where it is. Reads a few files' names. */
    Optional<Path> interpreter(Path root) {
        InterpreterChoice choice = choice(root);
        return choice.named()
                .or(
                        () ->
                                choice.offered().isEmpty()
                                        ? Optional.empty()
                                        : Interpreter.find(root, choice, machine)
                                                .filter(
                                                        found ->
                                                                found.why()
                                                                        == Interpreter.Reason
                                                                                .EDITOR)
                                                .map(Interpreter::python));
    }

    /** Those of any folder. */
    Set<Settings> all() {
        Known now = known;
        Set<Settings> all = new HashSet<>(now.folders().values());
        all.add(now.general());
        return all;
    }

    /** The same for all folders. */
    void changed(Object json) {
        known = new Known(known.general().with(json), Map.of());
    }

    /**
     * What a client answered.
     *
     * @param values of no folder, then of each; a client may leave out the last
     */
    void changed(List<Path> folders, List<Object> values) {
        if (values.isEmpty()) {
            return;
        }
        Settings general = known.general().with(values.get(0));
        Map<Path, Settings> each = new HashMap<>();
        for (int i = 0; i < folders.size() && i + 1 < values.size(); i++) {
            each.put(folders.get(i), general.with(values.get(i + 1)));
        }
        known = new Known(general, Map.copyOf(each));
    }

    void trusted(boolean yes) {
        Known now = known;
        Map<Path, Settings> each = new HashMap<>();
        now.folders().forEach((folder, settings) -> each.put(folder, settings.trusted(yes)));
        known = new Known(now.general().trusted(yes), Map.copyOf(each));
    }
}
