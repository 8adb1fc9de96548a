package dev.dvtls.assist.outline;

import dev.dvtls.assist.outline.Token.Modifier;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.SessionTable;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.python.Expr;
import dev.dvtls.python.StringLiteral;
import dev.dvtls.sql.SqlShape;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What a model names of the project, and the SQL in its strings: only what an editor's grammar
 * cannot know.
 */
public final class Tokens {
    private final Manifest manifest;
    private final ModelFile model;
    private final List<Token> found = new ArrayList<>();

    private Tokens(Manifest manifest, ModelFile model) {
        this.manifest = manifest;
        this.model = model;
    }

    /** In source order; none over another, none over two lines. */
    public static List<Token> of(Manifest manifest, Source source) {
        return source.model().map(model -> new Tokens(manifest, model).read()).orElse(List.of());
    }

    private List<Token> read() {
        model.references().forEach(this::reference);
        for (ModelFile.ConfigEntry entry : model.config()) {
            add(entry.keySpan(), Token.Type.PROPERTY, Set.of());
        }
        for (PythonModel.SqlString string :
                model.python().map(PythonModel::sqlStrings).orElse(List.of())) {
            keywords(string.literal());
        }
        found.sort(Comparator.comparingInt(token -> token.span().start()));
        List<Token> apart = new ArrayList<>();
        int end = 0;
        for (Token token : found) {
            if (token.span().start() >= end) {
                apart.add(token);
                end = token.span().end();
            }
        }
        return List.copyOf(apart);
    }

    private void add(Span span, Token.Type type, Set<Modifier> modifiers) {
        if (span.length() > 0 && isWord(span)) {
            found.add(new Token(span, type, modifiers));
        }
    }

    /** Not a name in pieces, nor one over two lines. */
    private boolean isWord(Span span) {
        return span.of(model.text()).chars().noneMatch(c -> "'\"\r\n".indexOf(c) >= 0);
    }

    private void reference(Reference reference) {
        Manifest.Resolution resolution = manifest.resolve(reference.target());
        if (resolution instanceof Manifest.NotOurs) {
            return;
        }
        Set<Modifier> modifiers =
                resolution instanceof Manifest.Found node
                        ? Set.of(modifier(node.node()))
                        : Set.of(Modifier.MISSING);
        if (reference.origin() == Reference.Origin.SESSION_SQL) {
            add(reference.span(), Token.Type.CLASS, modifiers);
            return;
        }
        boolean source =
                reference.target() instanceof SourceTarget
                        || reference.target() instanceof SessionTable;
        List<Span> names = reference.names().stream().filter(this::isQuoted).toList();
        for (Span name : names) {
            boolean last = name.equals(reference.names().get(reference.names().size() - 1));
            boolean owner = reference.names().size() > 1 && !last;
            add(
                    name,
                    owner ? Token.Type.NAMESPACE : Token.Type.CLASS,
                    owner ? Set.of(source ? Modifier.SOURCE : Modifier.PACKAGE) : modifiers);
        }
    }

    /** A name as it is written; a variable in its place has its own colour. */
    private boolean isQuoted(Span name) {
        char before = name.start() > 0 ? model.text().charAt(name.start() - 1) : ' ';
        return before == '"' || before == '\'';
    }

    private static Modifier modifier(Node node) {
        return switch (node.kind()) {
            case MODEL -> Modifier.MODEL;
            case SEED -> Modifier.SEED;
            case SNAPSHOT -> Modifier.SNAPSHOT;
            case SOURCE -> Modifier.SOURCE;
        };
    }

    private void keywords(Expr literal) {
        StringBuilder sql = new StringBuilder();
        List<Integer> offsets = new ArrayList<>();
        if (literal instanceof Expr.Str str) {
            text(str.literal(), sql, offsets);
        } else if (literal instanceof Expr.FString f) {
            for (Expr part : f.parts()) {
                if (part instanceof Expr.Str str) {
                    text(str.literal(), sql, offsets);
                } else {
                    sql.append('h'); // a hole: some word
                    offsets.add(-1);
                }
            }
        }
        if (sql.toString().strip().chars().noneMatch(Character::isWhitespace)) {
            return; // a name, as table() takes
        }
        for (Span word : SqlShape.of(sql).keywords()) {
            int start = offsets.get(word.start());
            int end = offsets.get(word.end() - 1) + 1;
            boolean whole = start >= 0 && end - start == word.length();
            if (whole) {
                add(new Span(start, end), Token.Type.KEYWORD, Set.of());
            }
        }
    }

    private static void text(StringLiteral literal, StringBuilder sql, List<Integer> offsets) {
        String value = literal.value();
        for (int i = 0; i < value.length(); i++) {
            offsets.add(literal.sourceOffset(i));
        }
        sql.append(value);
    }
}
