package dev.dvtls.python;

import java.text.Normalizer;

/** Names, keywords and numbers, and the prefixes of strings. */
final class Words {
    private final Lexer lexer;
    private final Names names = Names.create();

    Words(Lexer lexer) {
        this.lexer = lexer;
    }

    void read(int p) {
        char[] s = lexer.src;
        int q = p;
        int hash = 0;
        char c = s[q];
        do {
            hash = hash * 31 + c;
            c = s[++q];
        } while (c < 128 && Chars.WORD[c]);
        if (c >= 128) {
            foreign(p);
            return;
        }
        if ((c == '"' || c == '\'') && q - p <= 2) {
            int prefix = StringFlags.ofPrefix(s, p, q);
            if (prefix >= 0) {
                StringScanner.scan(lexer, q, prefix);
                return;
            }
        }
        int slot = names.slot(s, p, q - p, hash);
        lexer.kind = names.kind(slot);
        lexer.name = names.word(slot);
        lexer.end = q;
        lexer.pos = q;
    }

    void foreign(int p) {
        int q = p;
        while (q < lexer.limit && Chars.isWord(lexer.src[q])) {
            q++;
        }
        String raw = new String(lexer.src, p, q - p);
        lexer.kind = Tok.NAME;
        lexer.end = q;
        lexer.pos = q;
        for (int i = 0; i < raw.length(); ) {
            int c = raw.codePointAt(i);
            if (i == 0 ? !Chars.isIdentifierStart(c) : !Chars.isIdentifierPart(c)) {
                foreignCharacter(p + i, c);
                return;
            }
            i += Character.charCount(c);
        }
        lexer.name = Normalizer.normalize(raw, Normalizer.Form.NFKC);
    }

    private void foreignCharacter(int at, int c) {
        String message =
                Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        ? "invalid non-printable character U+%04X".formatted(c)
                        : "invalid character '%s' (U+%04X)".formatted(Character.toString(c), c);
        int width = Character.charCount(c);
        lexer.problems.add(at, at + width, message);
        if (at == lexer.start) {
            lexer.token(Tok.ERROR, width);
        } else {
            lexer.name = new String(lexer.src, lexer.start, at - lexer.start);
            lexer.end = at;
            lexer.pos = at;
        }
    }

    void number(int p) {
        int q = NumberScanner.scan(lexer, p);
        char c = lexer.src[q];
        if (c >= 128 || Chars.WORD[c]) {
            q = NumberScanner.wrongTail(lexer, p, q);
        }
        int hash = 0;
        for (int i = p; i < q; i++) {
            hash = hash * 31 + lexer.src[i];
        }
        lexer.name = names.word(names.slot(lexer.src, p, q - p, hash));
        lexer.kind = Tok.NUMBER;
        lexer.end = q;
        lexer.pos = q;
    }
}
