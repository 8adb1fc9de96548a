package dev.dvtls.run;

import dev.dvtls.manifest.Node;

/** Where a node lands: a relation on a connection. */
record Landing(Connection connection, Relation relation) {
    static Landing of(Node node, Connection connection) {
        return new Landing(connection, Relations.of(node, connection));
    }

    /** As a user writes it. */
    String display() {
        return relation.display();
    }

    /** A word that changes when the relation moves to another place. */
    String origin() {
        return Relations.origin(connection, relation);
    }
}
