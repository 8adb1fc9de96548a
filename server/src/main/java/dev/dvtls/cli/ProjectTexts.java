package dev.dvtls.cli;

import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.project.FileText;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The texts that problems stand in: the models' as they were read, others from disk. */
final class ProjectTexts {
    private final Map<Path, String> known = new HashMap<>();

    void add(ProjectManifest manifest) {
        for (ModelFile file : manifest.files()) {
            known.put(file.path(), file.text());
        }
    }

    Optional<String> of(Path file) {
        String text = known.get(file);
        return text == null ? FileText.read(file).text() : Optional.of(text);
    }

    String get(Path file) {
        return of(file).orElse("");
    }
}
