package dev.dvtls.python;

import java.util.List;
import java.util.Optional;

/** {@code import} and {@code from ... import}. */
final class ImportParser extends Syntax {
    ImportParser(Lexer lexer, Scratch scratch) {
        super(lexer, scratch);
    }

    Stmt importNames() {
        int start = lexer.start;
        lexer.next();
        int mark = scratch.mark();
        do {
            int nameStart = lexer.start;
            String name = dotted();
            scratch.push(as(nameStart, name));
        } while (skip(Tok.COMMA));
        List<ImportName> names = take(mark);
        if (at(Tok.FROM)) {
            wrong("Did you mean to use 'from ... import ...' instead?");
        }
        return new Stmt.Import(start, lexer.prevEnd, names);
    }

    Stmt fromImport() {
        int start = lexer.start;
        lexer.next();
        int level = 0;
        while (at(Tok.DOT) || at(Tok.ELLIPSIS)) {
            level += lexer.end - lexer.start;
            lexer.next();
        }
        String module = level > 0 && !at(Tok.NAME) ? "" : dotted();
        List<ImportName> names = expect(Tok.IMPORT) ? imported() : List.of();
        return new Stmt.ImportFrom(start, lexer.prevEnd, level, module, names);
    }

    private List<ImportName> imported() {
        if (at(Tok.STAR)) {
            ImportName all = new ImportName(lexer.start, lexer.end, "*", Optional.empty());
            lexer.next();
            return List.of(all);
        }
        if (at(Tok.LPAR)) {
            int depth = lexer.brackets.depth;
            lexer.next();
            List<ImportName> names = names(true, depth);
            close(Tok.RPAR, depth);
            return names;
        }
        return names(false, 0);
    }

    private List<ImportName> names(boolean bracketed, int depth) {
        int mark = scratch.mark();
        while (true) {
            int nameStart = lexer.start;
            String name = expectName().id();
            scratch.push(as(nameStart, name));
            if (bracketed && !at(Tok.COMMA) && !at(Tok.RPAR)) {
                wrong("invalid syntax: expected ',' or ')', found " + found());
                skipInBrackets(depth);
            }
            if (!skip(Tok.COMMA) || (bracketed && at(Tok.RPAR))) {
                break;
            }
            if (atEndOfLine()) {
                wrong("trailing comma not allowed without surrounding parentheses");
                break;
            }
        }
        return take(mark);
    }

    private ImportName as(int start, String name) {
        Optional<Expr.Name> as = skip(Tok.AS) ? Optional.of(expectName()) : Optional.empty();
        return new ImportName(start, Math.max(start, lexer.prevEnd), name, as);
    }

    private String dotted() {
        String name = expectName().id();
        if (!at(Tok.DOT)) {
            return name;
        }
        StringBuilder dotted = new StringBuilder(name);
        while (skip(Tok.DOT)) {
            dotted.append('.').append(expectName().id());
        }
        return dotted.toString();
    }
}
