package dev.dvtls.lsp;

import java.nio.file.Path;

/**
 * Brings problems to the client: it asks for them, and is told when to ask again, or they are sent.
 *
 * @param pulls the client asks
 */
record ShownProblems(
        boolean pulls,
        PushedDiagnostics pushed,
        PulledDiagnostics pulled,
        WorkspaceDiagnostics inWorkspace) {

    /**
     * @param othersToo names that other files can depend on changed
     */
    void documentChanged(Document document, boolean othersToo) {
        if (pulls) {
            inWorkspace.documentChanged(document, othersToo);
            if (othersToo) {
                pulled.others();
            }
        } else {
            pushed.now(document);
            if (othersToo) {
                pushed.others();
            }
        }
    }

    void documentClosed(Document document) {
        if (!pulls) {
            pushed.closed(document);
        }
    }

    void projectChanged(Path root) {
        if (pulls) {
            inWorkspace.projectChanged(root);
            pulled.others();
        } else {
            pushed.all();
        }
    }

    void allChanged() {
        if (pulls) {
            inWorkspace.allChanged();
            pulled.others();
        } else {
            pushed.all();
        }
    }

    /** A file that is not open. */
    void fileChanged(Path file) {
        if (pulls) {
            pulled.others();
        } else {
            pushed.file(file);
        }
    }
}
