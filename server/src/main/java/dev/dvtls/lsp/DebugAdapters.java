package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.run.env.Debugpy;
import dev.dvtls.run.env.EnvironmentException;
import dev.dvtls.run.env.Interpreter;
import dev.dvtls.run.env.Machine;
import java.nio.file.Path;
import java.util.Optional;

/** The program that a client starts to debug a project's models; nothing is started here. */
final class DebugAdapters {
    private DebugAdapters() {}

    /**
     * {@code {"command", "args"}}, or {@code {"missing": sentence}}.
     *
     * @param chosen interpreter, by the user or the editor
     */
    static JsonObject of(Path root, Optional<Path> chosen, Machine machine) {
        JsonObject answer = new JsonObject();
        Optional<Interpreter> python = Interpreter.find(root, chosen, machine);
        if (python.isEmpty()) {
            answer.addProperty(
                    "missing",
                    "There is no Python to run models in. Run `dvt-ls env create`, or choose an"
                            + " interpreter.");
            return answer;
        }
        try {
            Debugpy debugpy = Debugpy.find(root, python.get().python().toAbsolutePath(), machine);
            answer.addProperty("command", debugpy.adapter().get(0));
            JsonArray args = new JsonArray();
            debugpy.adapter().stream().skip(1).forEach(args::add);
            answer.add("args", args);
        } catch (EnvironmentException e) {
            answer.addProperty("missing", e.getMessage());
        }
        return answer;
    }
}
