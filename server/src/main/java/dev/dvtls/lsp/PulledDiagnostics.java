package dev.dvtls.lsp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DocumentDiagnosticReport;
import org.eclipse.lsp4j.RelatedFullDocumentDiagnosticReport;
import org.eclipse.lsp4j.RelatedUnchangedDocumentDiagnosticReport;

/** Diagnostics for clients that ask, and the word that they shall ask again. On the loop. */
final class PulledDiagnostics {
    private static final long OTHERS_MILLIS = 120;

    private final Loop loop;
    private final Client client;
    private boolean posted;

    PulledDiagnostics(Loop loop, Client client) {
        this.loop = loop;
        this.client = client;
    }

    /** Names changed, or a run ended: answers given before may be wrong now. */
    void others() {
        if (!posted) {
            posted = true;
            loop.executeLater(
                    OTHERS_MILLIS,
                    () -> {
                        posted = false;
                        var unused = client.refreshDiagnostics();
                    });
        }
    }

    static DocumentDiagnosticReport report(List<Diagnostic> diagnostics, String previousId) {
        String id = id(diagnostics);
        if (id.equals(previousId)) {
            return new DocumentDiagnosticReport(new RelatedUnchangedDocumentDiagnosticReport(id));
        }
        RelatedFullDocumentDiagnosticReport full =
                new RelatedFullDocumentDiagnosticReport(diagnostics);
        full.setResultId(id);
        return new DocumentDiagnosticReport(full);
    }

    static String id(List<Diagnostic> diagnostics) {
        return UUID.nameUUIDFromBytes(diagnostics.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
