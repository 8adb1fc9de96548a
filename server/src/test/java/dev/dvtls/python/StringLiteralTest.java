package dev.dvtls.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StringLiteralTest {
    private static StringLiteral literal(String text) {
        Expr e = Parser.parseExpression(text, 0, text.length()).expression();
        return ((Expr.Str) e).literal();
    }

    @Test
    void aPlainLiteralIsItsText() {
        StringLiteral s = literal("'abc'");
        assertThat(s.value()).isEqualTo("abc");
        assertThat(s.contentStart()).isEqualTo(1);
        assertThat(s.contentEnd()).isEqualTo(4);
        assertThat(s.sourceOffset(0)).isEqualTo(1);
        assertThat(s.sourceOffset(3)).isEqualTo(4);
        assertThat(s.isSimple()).isTrue();
        assertThat(s.isBytes()).isFalse();
    }

    @Test
    void escapesKeepThePlacesOfWhatFollows() {
        String text = "'a\\n\\x41\\u00e9\\N{DIGIT ONE}z'";
        StringLiteral s = literal(text);
        assertThat(s.value()).isEqualTo("a\nA\u00e91z");
        assertThat(s.isSimple()).isFalse();
        assertThat(text.charAt(s.sourceOffset(5))).isEqualTo('z');
        assertThat(text.startsWith("\\x41", s.sourceOffset(2))).isTrue();
    }

    @Test
    void lineEndsAreOneCharacter() {
        String text = "'''a\r\nb\rc\\\r\nd'''";
        StringLiteral s = literal(text);
        assertThat(s.value()).isEqualTo("a\nb\ncd");
        assertThat(text.charAt(s.sourceOffset(2))).isEqualTo('b');
        assertThat(text.charAt(s.sourceOffset(5))).isEqualTo('d');
    }

    @Test
    void adjacentLiteralsAreOneValue() {
        String text = "'ab' \"cd\" r'\\e'";
        StringLiteral s = literal(text);
        assertThat(s.value()).isEqualTo("abcd\\e");
        assertThat(text.charAt(s.sourceOffset(2))).isEqualTo('c');
        assertThat(text.charAt(s.sourceOffset(5))).isEqualTo('e');
        assertThat(s.sourceOffset(6)).isEqualTo(text.length() - 1);
        assertThat(s.isSimple()).isFalse();
    }

    @Test
    void anUnclosedLiteralIsWhatIsThere() {
        StringLiteral s = literal("'stg_");
        assertThat(s.value()).isEqualTo("stg_");
        assertThat(s.contentEnd()).isEqualTo(5);
    }

    @Test
    void prefixes() {
        assertThat(literal("r'\\n'").value()).isEqualTo("\\n");
        assertThat(literal("r'\\n'").isSimple()).isTrue();
        assertThat(literal("b'\\xff\\u0041'").value()).isEqualTo("\u00ff\\u0041");
        assertThat(literal("bR'a'").isBytes()).isTrue();
        assertThat(literal("U'a'").value()).isEqualTo("a");
    }

    @Test
    void charactersOutsideTheBasicPlaneTakeTwo() {
        String text = "'\ud83d\ude00\\U0001F600x'";
        StringLiteral s = literal(text);
        assertThat(s.value()).isEqualTo("\ud83d\ude00\ud83d\ude00x");
        assertThat(text.charAt(s.sourceOffset(4))).isEqualTo('x');
        assertThat(literal("'\\ud83d\\ude00'").codePoints().count()).isEqualTo(2);
        assertThat(literal("'\ud83d\ude00'").codePoints().count()).isEqualTo(1);
    }

    @Test
    void piecesOfAnFStringHaveTheirPlaces() {
        String text = "f'select {{x}} from {t!r:>{w}} y\\n' 'z'";
        Expr.FString f = (Expr.FString) Parser.parseExpression(text, 0, text.length()).expression();
        List<Expr> parts = f.parts();
        assertThat(parts).hasSize(4);
        StringLiteral first = ((Expr.Str) parts.get(0)).literal();
        assertThat(first.value()).isEqualTo("select {x} from ");
        assertThat(text.charAt(first.sourceOffset(8))).isEqualTo('x');
        assertThat(text.startsWith("from", first.sourceOffset(11))).isTrue();
        Expr.Hole hole = (Expr.Hole) parts.get(1);
        assertThat(hole.span().of(text)).isEqualTo("{t!r:>{w}}");
        assertThat(hole.conversion()).isEqualTo('r');
        assertThat(hole.spec()).hasSize(2);
        assertThat(((Expr.Str) parts.get(2)).value()).isEqualTo(" y\n");
        assertThat(((Expr.Str) parts.get(3)).value()).isEqualTo("z");
    }

    @Test
    void equalWhereTextAndPlacesAre() {
        assertThat(literal("'a'")).isEqualTo(literal("'a'")).hasSameHashCodeAs(literal("'a'"));
        assertThat(literal("'a'")).isNotEqualTo(literal("'b'")).isNotEqualTo(literal(" 'a'"));
    }
}
