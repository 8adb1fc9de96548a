package dev.dvtls.python;

/** Kinds of tokens as small numbers, and what the parser asks of a kind, as tables. */
final class Tok {
    private Tok() {}

    // The first four are layout: they never count as the end of a node.
    static final int EOF = 0;
    static final int NEWLINE = 1;
    static final int INDENT = 2;
    static final int DEDENT = 3;
    static final int ERROR = 4;
    static final int NAME = 5;
    static final int NUMBER = 6;
    static final int STRING = 7;
    static final int FSTRING = 8;
    static final int LPAR = 9;
    static final int RPAR = 10;
    static final int LSQB = 11;
    static final int RSQB = 12;
    static final int LBRACE = 13;
    static final int RBRACE = 14;
    static final int COMMA = 15;
    static final int COLON = 16;
    static final int SEMI = 17;
    static final int DOT = 18;
    static final int ELLIPSIS = 19;
    static final int ARROW = 20;
    static final int EQUAL = 21;
    static final int COLONEQUAL = 22;
    static final int BANG = 23;
    static final int AT = 24;
    static final int PLUS = 25;
    static final int MINUS = 26;
    static final int STAR = 27;
    static final int SLASH = 28;
    static final int DSLASH = 29;
    static final int PERCENT = 30;
    static final int DSTAR = 31;
    static final int AMP = 32;
    static final int PIPE = 33;
    static final int CARET = 34;
    static final int TILDE = 35;
    static final int LSHIFT = 36;
    static final int RSHIFT = 37;
    static final int LT = 38;
    static final int GT = 39;
    static final int LE = 40;
    static final int GE = 41;
    static final int EQEQ = 42;
    static final int NE = 43;
    static final int AUGASSIGN = 44;

    static final int FALSE = 45;
    static final int NONE = 46;
    static final int TRUE = 47;
    static final int AND = 48;
    static final int AS = 49;
    static final int ASSERT = 50;
    static final int ASYNC = 51;
    static final int AWAIT = 52;
    static final int BREAK = 53;
    static final int CLASS = 54;
    static final int CONTINUE = 55;
    static final int DEF = 56;
    static final int DEL = 57;
    static final int ELIF = 58;
    static final int ELSE = 59;
    static final int EXCEPT = 60;
    static final int FINALLY = 61;
    static final int FOR = 62;
    static final int FROM = 63;
    static final int GLOBAL = 64;
    static final int IF = 65;
    static final int IMPORT = 66;
    static final int IN = 67;
    static final int IS = 68;
    static final int LAMBDA = 69;
    static final int NONLOCAL = 70;
    static final int NOT = 71;
    static final int OR = 72;
    static final int PASS = 73;
    static final int RAISE = 74;
    static final int RETURN = 75;
    static final int TRY = 76;
    static final int WHILE = 77;
    static final int WITH = 78;
    static final int YIELD = 79;
    static final int COUNT = 80;

    /** In the order of their kinds, from {@link #FALSE} on. */
    static final String[] KEYWORDS = {
        "False",
        "None",
        "True",
        "and",
        "as",
        "assert",
        "async",
        "await",
        "break",
        "class",
        "continue",
        "def",
        "del",
        "elif",
        "else",
        "except",
        "finally",
        "for",
        "from",
        "global",
        "if",
        "import",
        "in",
        "is",
        "lambda",
        "nonlocal",
        "not",
        "or",
        "pass",
        "raise",
        "return",
        "try",
        "while",
        "with",
        "yield"
    };

    // Binding powers, loosest first; 0 is no operator.
    static final int P_OR = 1;
    static final int P_AND = 2;
    static final int P_NOT = 3;
    static final int P_COMPARE = 4;
    static final int P_BITOR = 5;

    static final byte[] PRECEDENCE = new byte[COUNT];

    /** Operators as written, by kind. */
    static final String[] TEXT = new String[COUNT];

    /** Kinds an expression can start with; neither {@code *} nor {@code yield} is among them. */
    static final boolean[] STARTS_EXPRESSION = new boolean[COUNT];

    /** Keywords that no expression holds: inside brackets they show that a bracket is missing. */
    static final boolean[] STATEMENT_ONLY = new boolean[COUNT];

    /** Keywords that start a statement with a block. */
    static final boolean[] COMPOUND = new boolean[COUNT];

    static {
        int[][] levels = {
            {OR},
            {AND},
            {},
            {LT, GT, LE, GE, EQEQ, NE, IN, IS, NOT},
            {PIPE},
            {CARET},
            {AMP},
            {LSHIFT, RSHIFT},
            {PLUS, MINUS},
            {STAR, SLASH, DSLASH, PERCENT, AT}
        };
        for (int level = 0; level < levels.length; level++) {
            for (int kind : levels[level]) {
                PRECEDENCE[kind] = (byte) (level + 1);
            }
        }
        String[] operators = {
            "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "...", "->", "=", ":=", "!", "@",
            "+", "-", "*", "/", "//", "%", "**", "&", "|", "^", "~", "<<", ">>", "<", ">", "<=",
            ">=", "==", "!="
        };
        java.util.Arrays.fill(TEXT, "");
        System.arraycopy(operators, 0, TEXT, LPAR, operators.length);
        System.arraycopy(KEYWORDS, 0, TEXT, FALSE, KEYWORDS.length);
        mark(
                STARTS_EXPRESSION,
                NAME,
                NUMBER,
                STRING,
                FSTRING,
                LPAR,
                LSQB,
                LBRACE,
                ELLIPSIS,
                PLUS,
                MINUS,
                TILDE,
                FALSE,
                NONE,
                TRUE,
                AWAIT,
                LAMBDA,
                NOT);
        mark(
                STATEMENT_ONLY,
                ASSERT,
                BREAK,
                CLASS,
                CONTINUE,
                DEF,
                DEL,
                ELIF,
                EXCEPT,
                FINALLY,
                GLOBAL,
                IMPORT,
                NONLOCAL,
                PASS,
                RAISE,
                RETURN,
                TRY,
                WHILE,
                WITH);
        mark(COMPOUND, ASYNC, CLASS, DEF, ELIF, ELSE, EXCEPT, FINALLY, FOR, IF, TRY, WHILE, WITH);
    }

    private static void mark(boolean[] table, int... kinds) {
        for (int kind : kinds) {
            table[kind] = true;
        }
    }

    static boolean isCloser(int kind) {
        return kind == RPAR || kind == RSQB || kind == RBRACE;
    }
}
