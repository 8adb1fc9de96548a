package dev.dvtls.python;

import java.util.ArrayList;
import java.util.List;

/** String literals, adjacent ones joined. */
final class StringParser extends Syntax {
    private final FStringParser interpolated;

    StringParser(Lexer lexer, Scratch scratch, ExpressionParser expressions) {
        super(lexer, scratch);
        interpolated = new FStringParser(lexer, scratch, expressions);
    }

    Expr strings() {
        int start = lexer.start;
        int flags = lexer.flags;
        if (at(Tok.STRING)) {
            Expr.Str first = piece();
            if (!at(Tok.STRING) && !at(Tok.FSTRING)) {
                return first;
            }
            int mark = scratch.mark();
            scratch.push(first);
            return joined(start, mark, flags);
        }
        return joined(start, scratch.mark(), flags);
    }

    /** Everything up to the last of the adjacent literals; the first's flags are given. */
    private Expr joined(int start, int mark, int firstFlags) {
        boolean interpolates = false;
        boolean mixedBytes = false;
        boolean mixedTemplates = false;
        while (at(Tok.STRING) || at(Tok.FSTRING)) {
            int differs = lexer.flags ^ firstFlags;
            mixedBytes |= (differs & StringFlags.BYTES) != 0;
            mixedTemplates |= (differs & StringFlags.TEMPLATE) != 0;
            if (at(Tok.STRING)) {
                scratch.push(piece());
            } else {
                interpolates = true;
                interpolated.read();
            }
        }
        if (mixedBytes) {
            problems.add(start, lexer.prevEnd, "cannot mix bytes and nonbytes literals");
        } else if (mixedTemplates) {
            problems.add(
                    start,
                    lexer.prevEnd,
                    "cannot mix t-string literals with string or bytes literals");
        }
        if (interpolates || (firstFlags & StringFlags.INTERPOLATED) != 0) {
            List<Expr> parts = take(mark);
            boolean template = (firstFlags & StringFlags.TEMPLATE) != 0;
            return new Expr.FString(start, lexer.prevEnd, parts, template);
        }
        List<Expr.Str> pieces = take(mark);
        List<StringLiteral> literals = new ArrayList<>(pieces.size());
        pieces.forEach(piece -> literals.add(piece.literal()));
        return new Expr.Str(start, lexer.prevEnd, StringLiteral.joined(literals));
    }

    /** The plain literal at the current token. */
    private Expr.Str piece() {
        int flags = lexer.flags;
        if ((flags & StringFlags.BYTES) != 0 && (flags & StringFlags.NON_ASCII) != 0) {
            wrong("bytes can only contain ASCII literal characters");
        }
        StringLiteral literal = interpolated.checked(lexer.contentStart, lexer.contentEnd, flags);
        Expr.Str result = new Expr.Str(lexer.start, lexer.end, literal);
        lexer.next();
        return result;
    }
}
