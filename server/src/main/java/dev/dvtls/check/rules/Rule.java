package dev.dvtls.check.rules;

import dev.dvtls.check.Problem;
import java.util.function.Consumer;

/** One thing that can be wrong with a model file. Pure, without state, safe on any thread. */
@FunctionalInterface
public interface Rule {
    void check(CheckedFile file, Consumer<Problem> found);
}
