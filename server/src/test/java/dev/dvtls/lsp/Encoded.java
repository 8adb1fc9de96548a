package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;

/** A text as a client counts in it, which owes nothing to how the server does. */
record Encoded(String text, String encoding) {
    int units(String part) {
        return switch (encoding) {
            case "utf-8" -> part.getBytes(StandardCharsets.UTF_8).length;
            case "utf-16" -> part.length();
            default -> part.codePointCount(0, part.length());
        };
    }

    /** Where words stand for the first time, or so many characters further. */
    Position position(String words, int further) {
        int offset = text.indexOf(words) + further;
        assertThat(text).contains(words);
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        int line = (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
        return new Position(line, units(text.substring(start, offset)));
    }

    private int offset(Position position) {
        int start = 0;
        for (int i = 0; i < position.getLine(); i++) {
            start = text.indexOf('\n', start) + 1;
        }
        int end = start;
        while (units(text.substring(start, end)) < position.getCharacter()) {
            end += Character.charCount(text.codePointAt(end));
        }
        assertThat(units(text.substring(start, end)))
                .as("between characters")
                .isEqualTo(position.getCharacter());
        return end;
    }

    String slice(Range range) {
        return text.substring(offset(range.getStart()), offset(range.getEnd()));
    }

    String applied(List<TextEdit> edits) {
        StringBuilder after = new StringBuilder(text);
        edits.stream()
                .sorted(
                        Comparator.comparing((TextEdit e) -> offset(e.getRange().getStart()))
                                .reversed())
                .forEach(
                        e ->
                                after.replace(
                                        offset(e.getRange().getStart()),
                                        offset(e.getRange().getEnd()),
                                        e.getNewText()));
        return after.toString();
    }

    /** What semantic tokens cover. */
    List<String> tokens(List<Integer> data) {
        List<String> words = new ArrayList<>();
        int line = 0;
        int character = 0;
        for (int i = 0; i < data.size(); i += 5) {
            character = data.get(i) == 0 ? character + data.get(i + 1) : data.get(i + 1);
            line += data.get(i);
            words.add(
                    slice(
                            new Range(
                                    new Position(line, character),
                                    new Position(line, character + data.get(i + 2)))));
        }
        return words;
    }
}
