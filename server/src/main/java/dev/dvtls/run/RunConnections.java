package dev.dvtls.run;

/** The connections of a run, by the names of the profile's outputs. */
interface RunConnections {
    /**
     * @throws ModelFailure when there is no such output, or it cannot be rendered
     */
    Connection get(String output) throws ModelFailure, InterruptedException;
}
