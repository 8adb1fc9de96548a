package dev.dvtls.python;

import java.util.Optional;

/** {@code a.b as c}, or {@code *}. */
public record ImportName(int start, int end, String name, Optional<Expr.Name> as) implements Node {}
