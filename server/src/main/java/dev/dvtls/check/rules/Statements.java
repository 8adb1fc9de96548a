package dev.dvtls.check.rules;

import dev.dvtls.python.Blocks;
import dev.dvtls.python.Module;
import dev.dvtls.python.Stmt;
import java.util.List;
import java.util.Optional;

/** Where a statement could be put in front of a place. */
final class Statements {
    private Statements() {}

    /**
     * The offset before which a line can be added that runs before the place does: the start of the
     * innermost statement around it that begins its line. Empty in the head of a {@code def} or
     * {@code class}, and where something else stands on the line.
     */
    static Optional<Integer> before(Module module, String text, int place) {
        Optional<Stmt> around = innermost(module.body(), text, place);
        if (around.isEmpty()
                || around.get() instanceof Stmt.FunctionDef
                || around.get() instanceof Stmt.ClassDef) {
            return Optional.empty();
        }
        int start = around.get().start();
        return indent(text, start).isBlank() ? Optional.of(start) : Optional.empty();
    }

    /** What stands between the start of the line and an offset. */
    static String indent(String text, int offset) {
        int line = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1));
        String before = text.substring(line + 1, offset);
        return before.startsWith("\uFEFF") ? before.substring(1) : before;
    }

    private static Optional<Stmt> innermost(List<Stmt> statements, String text, int place) {
        for (Stmt statement : statements) {
            if (statement.start() <= place && place < statement.end()) {
                Optional<Stmt> inner = innermost(Blocks.of(statement), text, place);
                boolean elif = inner.filter(i -> text.startsWith("elif", i.start())).isPresent();
                return inner.isPresent() && !elif ? inner : Optional.of(statement);
            }
        }
        return Optional.empty();
    }
}
