package dev.dvtls.run;

import dev.dvtls.run.Engine.RunRefused;

/** How many models of a run are at work at a time. Pure. */
final class Threads {
    private static final int USUAL = 4;

    private Threads() {}

    /** What the request says, else the target's {@code threads}, else {@value #USUAL}. */
    static int of(RunRequest request, Connection target) throws RunRefused {
        if (request.threads().isPresent()) {
            int asked = request.threads().get();
            if (asked < 1) {
                throw new RunRefused(
                        "--threads is " + asked + "; it takes 1 or more models at a time.");
            }
            return asked;
        }
        Object written = target.fields().get("threads");
        if (written == null) {
            return USUAL;
        }
        try {
            int threads = Integer.parseInt(written.toString().strip());
            if (threads >= 1) {
                return threads;
            }
        } catch (NumberFormatException e) {
            throw bad(target, written);
        }
        throw bad(target, written);
    }

    private static RunRefused bad(Connection target, Object written) {
        return new RunRefused(
                "threads of the output '"
                        + target.name()
                        + "' in profiles.yml is "
                        + written
                        + "; it takes a whole number of models at a time, 1 or more.");
    }
}
