package dev.dvtls.manifest;

import java.util.List;

/**
 * Which columns relations have, as far as anything tells without asking a database: properties, the
 * cache of the last run, a seed's header. Thread-safe.
 */
public interface KnownColumns {
    /** What the project's YAML says alone. */
    KnownColumns PROPERTIES = (manifest, node) -> new Known(node.columns(), false);

    /** May read small files: never call it on the message loop. */
    Known of(Manifest manifest, Node node);

    /**
     * @param columns in the relation's order; empty when none is known
     * @param complete true when the relation has no others, as far as can be known
     */
    record Known(List<Node.Column> columns, boolean complete) {}
}
