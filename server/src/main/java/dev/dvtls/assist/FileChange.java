package dev.dvtls.assist;

import dev.dvtls.check.Fix;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;

/**
 * A change of a file other than the one that asks for it.
 *
 * @param title imperative, for a menu
 * @param isNew the file is not there yet
 */
public record FileChange(String title, Path file, boolean isNew, List<Fix.Edit> edits) {
    static FileChange create(String title, Path file, String text) {
        return new FileChange(title, file, true, List.of(new Fix.Edit(Span.NONE, text)));
    }
}
