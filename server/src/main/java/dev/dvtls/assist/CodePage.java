package dev.dvtls.assist;

import dev.dvtls.check.Code;
import dev.dvtls.text.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of a rule, over its code in a comment that silences it. */
final class CodePage {
    private static final Pattern IGNORE =
            Pattern.compile(
                    "(?:#|--|\\{#-?)\\s*dvt:\\s*ignore(?:-file)?\\s*\\[([^\\]\\r\\n]*)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[^\\s,]+");

    private CodePage() {}

    static Optional<Hover> at(String text, int offset) {
        Matcher comment = IGNORE.matcher(text).region(lineStart(text, offset), text.length());
        comment.useTransparentBounds(true);
        while (comment.find() && comment.start() <= offset) {
            Matcher name = NAME.matcher(text).region(comment.start(1), comment.end(1));
            while (name.find()) {
                Span span = new Span(name.start(), name.end());
                if (span.touches(offset)) {
                    return code(name.group()).map(code -> new Hover(span, page(code)));
                }
            }
        }
        return Optional.empty();
    }

    private static int lineStart(String text, int offset) {
        int start = Math.min(offset, text.length());
        while (start > 0 && text.charAt(start - 1) != '\n' && text.charAt(start - 1) != '\r') {
            start--;
        }
        return start;
    }

    private static Optional<Code> code(String name) {
        return Arrays.stream(Code.values())
                .filter(code -> code.id().equalsIgnoreCase(name))
                .findFirst();
    }

    private static Page page(Code code) {
        Page.Writer page = new Page.Writer();
        page.line(
                Page.strong(code.id()),
                Page.words(
                        " · "
                                + code.title()
                                + " · "
                                + code.severity().name().toLowerCase(Locale.ROOT)));
        String rule = read(code);
        return page.ours(section(rule, "What it means")).ours(section(rule, "How to fix")).page();
    }

    /** The page of the documentation, which travels with the program. */
    private static String read(Code code) {
        try (InputStream page =
                CodePage.class.getClassLoader().getResourceAsStream("rules/" + code.id() + ".md")) {
            return page == null ? "" : new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // the title says the most of it
        }
    }

    private static String section(String page, String title) {
        String head = "## " + title;
        int start = page.indexOf(head);
        if (start < 0) {
            return "";
        }
        int end = page.indexOf("\n## ", start);
        return page.substring(start + head.length(), end < 0 ? page.length() : end).strip();
    }
}
