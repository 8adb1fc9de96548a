package dev.dvtls.lsp;

import dev.dvtls.assist.NodeFacts;
import dev.dvtls.run.ColumnsOnDisk;
import java.util.Optional;
import org.eclipse.lsp4j.Hover;

/** What tells of nodes. */
final class NodeFeatures {
    private final ClientFeatures features;
    private final NodeFacts facts;

    NodeFeatures(ClientFeatures features, ColumnsOnDisk columns) {
        this.features = features;
        this.facts = new DiskFacts(columns);
    }

    Optional<Hover> hover(Requests.View view, int offset) {
        return Answers.hover(view, offset, features, facts);
    }
}
