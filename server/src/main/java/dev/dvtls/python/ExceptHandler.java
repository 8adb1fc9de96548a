package dev.dvtls.python;

import java.util.List;
import java.util.Optional;

/** {@code except type as name:}; {@code type} may be {@link Expr.Missing}. */
public record ExceptHandler(
        int start, int end, Expr type, Optional<Expr.Name> name, List<Stmt> body) implements Node {}
