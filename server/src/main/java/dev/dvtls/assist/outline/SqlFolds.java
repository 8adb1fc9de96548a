package dev.dvtls.assist.outline;

import dev.dvtls.sql.JinjaBlock;
import dev.dvtls.sql.SqlTemplate;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Brackets, Jinja sections, braces and comments of a {@code .sql} file. */
final class SqlFolds {
    private SqlFolds() {}

    static List<Fold> of(Source source) {
        SqlTemplate template = SqlTemplate.of(source.text());
        List<Fold> folds = new ArrayList<>();
        for (SqlTemplate.Section section : template.sections()) {
            folds.add(code(section.opening().end(), section.closing().start()));
        }
        for (JinjaBlock block : template.blocks()) {
            if (block.closed()) {
                folds.add(code(block.contentStart(), block.end() - 2));
            }
        }
        for (Span bracket : template.sql().brackets()) {
            folds.add(code(bracket.start() + 1, bracket.end() - 1));
        }
        List<Span> comments = new ArrayList<>(template.comments());
        comments.addAll(template.sql().comments());
        comments.sort(Comparator.comparingInt(Span::start));
        folds.addAll(Folds.comments(source, comments));
        return folds;
    }

    private static Fold code(int from, int to) {
        return new Fold(new Span(from, Math.max(from, to)), Fold.Kind.CODE);
    }
}
