package dev.dvtls.run;

import dev.dvtls.project.Profile;

/**
 * The connections of a run that makes none, for what models ask of their target: what cannot be
 * rendered, as where a password's variable is not set, stays as it is written.
 */
record UnusedConnections(RunConnections rendered, Profile profile) implements RunConnections {
    @Override
    public Connection get(String output) throws ModelFailure, InterruptedException {
        try {
            return rendered.get(output);
        } catch (ModelFailure e) {
            Profile.Output written = profile.outputs().get(output);
            if (written == null) {
                throw e;
            }
            return new Connection(written.name(), written.type(), written.fields());
        }
    }
}
