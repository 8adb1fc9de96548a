package dev.dvtls.assist.outline;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.project.YamlNode;
import dev.dvtls.project.YamlText;
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
    private static final int LINE_BY_LINE = 16;

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

    /** The text as YAML; while it is broken, of lines above the fault. */
    public Optional<YamlNode> yaml() {
        String readable = text;
        // The fault of a quote that is open is at the end: lines go one by one, then many.
        for (int tries = 0; !readable.isEmpty(); tries++) {
            YamlText.Result result = YamlText.read(file, readable);
            if (result.problems().isEmpty()) {
                return result.root();
            }
            int last = LineIndex.of(readable.stripTrailing()).lineCount() - 1;
            int fault = result.problems().get(0).line() - 1;
            int gone = tries < LINE_BY_LINE ? 1 : 1 << Math.min(tries - LINE_BY_LINE, 20);
            int cut = Math.max(0, Math.min(last + 1 - gone, fault < 0 ? last : fault));
            readable = readable.substring(0, lines.lineStart(cut));
        }
        return Optional.empty();
    }
}
