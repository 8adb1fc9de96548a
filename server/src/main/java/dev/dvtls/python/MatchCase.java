package dev.dvtls.python;

import java.util.List;

/** {@code case pattern if guard:}. */
public record MatchCase(int start, int end, Pattern pattern, Expr guard, List<Stmt> body)
        implements Node {}
