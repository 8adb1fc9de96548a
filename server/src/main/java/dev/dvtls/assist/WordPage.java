package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The fixed words of the language: members of {@code dbt}, and what Jinja has of them. */
final class WordPage {
    private WordPage() {}

    static Optional<Hover> at(Manifest manifest, Path file, String text, int offset) {
        Optional<Span> word = word(text, offset);
        OptionalInt code = codeStart(file, text, offset);
        if (word.isEmpty() || code.isEmpty() || word.get().start() < code.getAsInt()) {
            return Optional.empty();
        }
        Cursor cursor = CursorScan.scan(text, code.getAsInt(), word.get().end());
        if (cursor.comment()) {
            return Optional.empty();
        }
        boolean jinja = file.toString().endsWith(".sql");
        String name = word.get().of(text);
        Optional<Page> page;
        if (cursor.string().isPresent()) {
            String callee = cursor.call().map(Cursor.Bracket::callee).orElse("");
            boolean isKey =
                    cursor.directlyInCall()
                            && callee.equals(jinja ? "config.get" : "dbt.config.get")
                            && cursor.call().filter(c -> c.argument() == 0).isPresent();
            page = isKey ? Hover.keyPage(name, manifest.nodeOf(file)) : Optional.empty();
        } else {
            String receiver = cursor.receiver();
            page =
                    (jinja
                                    ? Vocabulary.describeInJinja(receiver, name)
                                    : Vocabulary.describe(receiver, name))
                            .map(WordPage::page);
        }
        return page.map(p -> new Hover(word.get(), p));
    }

    private static Page page(Vocabulary.Word word) {
        return new Page.Writer()
                .line(Page.strong(word.name()), Page.words(" · "), Page.code(word.detail()))
                .ours(word.documentation())
                .page();
    }

    private static OptionalInt codeStart(Path file, String text, int offset) {
        if (file.toString().endsWith(".py")) {
            return OptionalInt.of(0);
        }
        return file.toString().endsWith(".sql")
                ? JinjaRegion.codeStart(text, offset)
                : OptionalInt.empty();
    }

    /** The name at an offset, whole. */
    static Optional<Span> word(String text, int offset) {
        int start = Math.min(offset, text.length());
        while (start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1))) {
            start--;
        }
        int end = Math.min(offset, text.length());
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        return end > start ? Optional.of(new Span(start, end)) : Optional.empty();
    }
}
