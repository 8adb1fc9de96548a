package dev.dvtls.python;

import dev.dvtls.text.Span;

/**
 * A node of the syntax tree, an immutable value. Its shape follows CPython's {@code ast} module.
 * Offsets are UTF-16 code units into the file's text, a byte order mark included.
 */
public sealed interface Node
        permits Expr,
                Stmt,
                Module,
                Arg,
                Parameters,
                Param,
                Comprehension,
                ExceptHandler,
                ImportName,
                MatchCase,
                Pattern,
                TypeParam,
                WithItem {
    int start();

    int end();

    default Span span() {
        return new Span(start(), end());
    }
}
