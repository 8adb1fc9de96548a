package dev.dvtls.assist.outline;

import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.testing.Workspace;
import dev.dvtls.text.LineIndex;

/** One file of a project, for the tests of this package. */
final class Texts {
    static final String PROJECT =
            """
            //- models/stg_orders.py
            def model(dbt, session):
                return dbt.source("ops", "orders").df()
            //- models/sources.yml
            sources:
              - name: ops
                tables:
                  - name: orders
            //- seeds/codes.csv
            code
            """;

    /**
     * @param cursor where {@code $0} stood; the end where it did not
     */
    record Text(ProjectManifest manifest, Source source, int cursor) {}

    private Texts() {}

    /**
     * @param text with {@code ¶} for the end of a line, where that reads better
     */
    static Text of(String file, String text) {
        String marked = text.replace("¶", "\n");
        int at = marked.indexOf("$0");
        String plain = marked.replace("$0", "");
        Workspace workspace = Workspace.of(PROJECT + "//- " + file + "\n" + plain);
        ProjectManifest manifest = workspace.manifest();
        String written = workspace.text(file);
        Source source = Source.of(manifest, workspace.path(file), written, LineIndex.of(written));
        return new Text(manifest, source, at < 0 ? written.length() : at);
    }

    /** The same file with another text, as it is typed. */
    static Source typed(Text before, String text) {
        ProjectManifest now = before.manifest().withText(before.source().file(), text);
        return Source.of(now, before.source().file(), text, LineIndex.of(text));
    }
}
