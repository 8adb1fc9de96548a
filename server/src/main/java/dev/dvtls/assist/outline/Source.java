package dev.dvtls.assist.outline;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.project.YamlNode;
import dev.dvtls.project.YamlSketch;
import dev.dvtls.python.ParsedFile;
import dev.dvtls.python.Parser;
import dev.dvtls.text.LineIndex;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A text of a project, as the editor has it.
 *
 * @param model what the manifest read of the same text; empty for YAML, macros, helper modules
 */
public record Source(Path file, String text, LineIndex lines, Optional<ModelFile> model) {
    /** What a text is written in. */
    enum Language {
        PYTHON,
        SQL,
        YAML,
        OTHER
    }

    public static Source of(Manifest manifest, Path file, String text, LineIndex lines) {
        return new Source(
                file, text, lines, manifest.file(file).filter(model -> model.text().equals(text)));
    }

    Language language() {
        String name = file.toString();
        if (name.endsWith(".py")) {
            return Language.PYTHON;
        } else if (name.endsWith(".sql")) {
            return Language.SQL;
        }
        return name.endsWith(".yml") || name.endsWith(".yaml") ? Language.YAML : Language.OTHER;
    }

    ParsedFile parsed() {
        return model.flatMap(ModelFile::python)
                .map(PythonModel::parsed)
                .orElseGet(() -> Parser.parse(text));
    }

    /** The text as YAML; while it is broken, as far as it can be read. */
    public Optional<YamlNode> yaml() {
        return YamlSketch.of(file, text);
    }
}
