package dev.dvtls.assist;

import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.testing.Workspace;
import java.util.List;
import java.util.stream.Collectors;

/** What is offered at the cursor of a fixture. */
record Completed(Offer offer, String text) {

    /**
     * @param project files of a {@link Workspace}, without the cursor
     * @param file that has the cursor, {@code $0} in its text
     */
    static Completed in(String project, Known known, String file, String text) {
        Workspace workspace = Workspace.of(project + "//- " + file + "\n" + text);
        ProjectManifest manifest = workspace.manifest();
        Workspace.Cursor cursor = workspace.cursor();
        String now = workspace.text(file);
        return new Completed(
                Completion.at(manifest, known, cursor.file(), now, cursor.offset()), now);
    }

    /** A line inside a model function; {@code ⏎} begins another. */
    static Completed python(String project, Known known, String line) {
        return in(
                project,
                known,
                "models/here.py",
                "def model(dbt, session):\n    "
                        + line.replace(" ⏎ ", "\n    ")
                        + "\n    return 1\n");
    }

    List<Suggestion> suggestions() {
        return offer.items();
    }

    /** In alphabetical order. */
    List<String> labels() {
        return suggestions().stream().map(Suggestion::label).sorted().toList();
    }

    /** As an editor shows them, with a comma between. */
    String shown() {
        return suggestions().stream()
                .sorted(java.util.Comparator.comparing(Suggestion::sortText))
                .map(Suggestion::label)
                .collect(Collectors.joining(", "));
    }

    Suggestion only(String label) {
        return suggestions().stream()
                .filter(s -> s.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError(label + " is not in " + labels()));
    }

    /** The text with the suggestion taken. */
    String after(String label) {
        Suggestion s = only(label);
        return text.substring(0, s.replace().start())
                + s.newText()
                + text.substring(s.replace().end());
    }
}
