package dev.dvtls.python;

/** Where a {@link Lexer} was, for going back after a look ahead. */
record LexerState(
        int pos,
        int kind,
        int start,
        int end,
        int prevEnd,
        String name,
        int contentStart,
        int contentEnd,
        int flags,
        boolean lineStart,
        Brackets brackets,
        int comments,
        int problems) {}
