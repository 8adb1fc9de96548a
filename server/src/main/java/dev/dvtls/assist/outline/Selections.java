package dev.dvtls.assist.outline;

import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Reference;
import dev.dvtls.project.YamlNode;
import dev.dvtls.python.Children;
import dev.dvtls.python.Expr;
import dev.dvtls.python.Node;
import dev.dvtls.python.ParsedFile;
import dev.dvtls.python.Stmt;
import dev.dvtls.sql.JinjaBlock;
import dev.dvtls.sql.SqlTemplate;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a growing selection takes in, step by step. */
public final class Selections {
    private final Source source;
    private final String text;
    private final int offset;
    private final List<Span> found = new ArrayList<>();

    private Selections(Source source, int offset) {
        this.source = source;
        this.text = source.text();
        this.offset = offset;
    }

    /** From the word at an offset to the whole file; each strictly larger than the one before. */
    public static List<Span> at(Source source, int offset) {
        return new Selections(source, Math.min(offset, source.text().length())).read();
    }

    private List<Span> read() {
        add(word());
        switch (source.language()) {
            case PYTHON -> python(source.parsed());
            case SQL -> {
                sql(SqlTemplate.of(text));
                line();
                blocks();
            }
            case YAML -> {
                source.yaml().ifPresent(this::yaml);
                line();
                blocks();
            }
            case OTHER -> {}
        }
        for (Reference reference : source.model().map(ModelFile::references).orElse(List.of())) {
            reference.names().forEach(this::add);
            add(reference.span());
        }
        found.add(new Span(0, text.length()));
        return chain();
    }

    /** Without the dash of a list's item, which is more than a line. */
    private void line() {
        int line = source.lines().line(offset);
        Span said = trimmed(new Span(source.lines().lineStart(line), source.lines().lineEnd(line)));
        int dash = text.startsWith("- ", said.start()) ? 2 : 0;
        add(trimmed(new Span(Math.min(said.start() + dash, said.end()), said.end())));
    }

    /** What folds, with the line that stays visible. */
    private void blocks() {
        for (Fold fold : Folds.of(source)) {
            int first = source.lines().line(fold.hidden().start());
            add(trimmed(new Span(source.lines().lineStart(first), fold.hidden().end())));
        }
    }

    private void add(Span span) {
        if (span.length() > 0 && span.touches(offset)) {
            found.add(span);
        }
    }

    /** Smallest first; of two of a size the one that goes on after the cursor. */
    private List<Span> chain() {
        found.sort(
                Comparator.comparingInt(Span::length)
                        .thenComparing(Comparator.comparingInt(Span::start).reversed()));
        List<Span> chain = new ArrayList<>();
        for (Span span : found) {
            Span last = chain.isEmpty() ? new Span(offset, offset) : chain.get(chain.size() - 1);
            if (span.encloses(last) && (chain.isEmpty() || span.length() > last.length())) {
                chain.add(span);
            }
        }
        return List.copyOf(chain);
    }

    private Span word() {
        int start = offset;
        while (start > 0 && Character.isUnicodeIdentifierPart(before(start))) {
            start -= Character.charCount(before(start));
        }
        int end = offset;
        while (end < text.length() && Character.isUnicodeIdentifierPart(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return new Span(start, end);
    }

    private int before(int at) {
        return text.codePointBefore(at);
    }

    private void python(ParsedFile parsed) {
        node(parsed.module());
        for (Span bracket : PythonBrackets.of(text, parsed)) {
            add(bracket);
            add(trimmed(new Span(bracket.start() + 1, bracket.end() - 1)));
        }
        parsed.comments().forEach(comment -> add(comment.span()));
    }

    private void node(Node node) {
        if (!node.span().touches(offset)) {
            return;
        }
        add(node.span());
        if (node instanceof Expr.Str str) {
            add(new Span(str.literal().contentStart(), str.literal().contentEnd()));
        }
        for (List<Stmt> suite : Children.suites(node)) {
            add(
                    new Span(
                            suite.get(0).start(),
                            Math.max(suite.get(0).start(), suite.get(suite.size() - 1).end())));
        }
        Children.of(node).forEach(this::node);
    }

    private void sql(SqlTemplate template) {
        for (SqlTemplate.Section section : template.sections()) {
            add(section.span());
            inside(section.opening().end(), section.closing().start());
        }
        for (JinjaBlock block : template.blocks()) {
            add(new Span(block.start(), block.end()));
            inside(block.contentStart(), block.contentEnd());
        }
        for (Span bracket : template.sql().brackets()) {
            add(bracket);
            inside(bracket.start() + 1, bracket.end() - 1);
        }
        template.sql()
                .ctes()
                .forEach(cte -> add(new Span(cte.nameSpan().start(), cte.body().end())));
        template.sql().comments().forEach(this::add);
        template.comments().forEach(this::add);
    }

    private void inside(int from, int to) {
        add(trimmed(new Span(from, Math.max(from, to))));
    }

    private void yaml(YamlNode node) {
        if (!node.span().touches(offset)) {
            return;
        }
        add(trimmed(node.span()));
        if (node instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                inside(node, entry.key());
                inside(node, entry.value());
                Span key = entry.key().span();
                if (key.end() <= entry.value().span().start()) {
                    add(trimmed(new Span(key.start(), entry.value().span().end())));
                }
            }
        } else if (node instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(item -> inside(node, item));
        }
    }

    /** What an alias stands for is elsewhere. */
    private void inside(YamlNode outer, YamlNode inner) {
        if (outer.span().encloses(inner.span())) {
            yaml(inner);
        }
    }

    private Span trimmed(Span span) {
        int start = span.start();
        int end = span.end();
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        return new Span(start, end);
    }
}
