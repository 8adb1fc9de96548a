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
            page =
                    isKey
                            ? Hover.keyPage(name, manifest.nodeOf(file))
                            : variable(manifest, text, cursor, !jinja);
        } else {
            String receiver = cursor.receiver();
            page =
                    (jinja
                                    ? Vocabulary.describeInJinja(receiver, name)
                                    : Vocabulary.describe(receiver, name)
                                            .or(() -> method(manifest, file, text, cursor, name)))
                            .map(WordPage::page);
        }
        return page.map(p -> new Hover(word.get(), p));
    }

    /** {@code df} of {@code dbt.ref("x").df()}, {@code sql} of {@code session.sql()}. */
    private static Optional<Vocabulary.Word> method(
            Manifest manifest, Path file, String text, Cursor cursor, String name) {
        return Optional.of(cursor.subject())
                .filter(subject -> !subject.isEmpty())
                .flatMap(s -> new PythonValues(manifest, file, text, cursor.offset()).of(s))
                .flatMap(value -> Relations.describe(value.kind(), name));
    }

    /** The name that {@code var()} is given, with its value. */
    private static Optional<Page> variable(
            Manifest manifest, String text, Cursor cursor, boolean python) {
        Optional<Cursor.Bracket> call =
                cursor.call().filter(c -> cursor.directlyInCall() && c.argument() == 0);
        String function =
                call.map(c -> CursorNames.function(text, cursor.offset(), c.callee(), python))
                        .orElse("");
        String file = String.valueOf(manifest.project().file().getFileName());
        return function.equals("var")
                ? Optional.ofNullable(Variables.of(manifest.project()).get(cursor.word()))
                        .map(
                                value ->
                                        new Page.Writer()
                                                .line(
                                                        Page.strong(cursor.word()),
                                                        Page.words(" · variable of "),
                                                        Page.code(file))
                                                .line(Page.words("Value: "), Page.code(value))
                                                .page())
                : Optional.empty();
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
