package dev.dvtls.assist;

import dev.dvtls.check.Code;
import dev.dvtls.check.IgnoreComment;
import dev.dvtls.check.RuleSettings;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.project.SettingsFile;
import dev.dvtls.text.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The page of a rule, over its code in a comment that silences it or in the project's settings. */
final class CodePage {
    private record Named(String code, Span span) {}

    private CodePage() {}

    static Optional<Hover> at(Manifest manifest, Path file, String text, int offset) {
        return codes(manifest, file, text)
                .filter(named -> named.span().touches(offset))
                .findFirst()
                .flatMap(
                        named ->
                                Code.of(named.code())
                                        .map(
                                                code ->
                                                        new Hover(
                                                                named.span(),
                                                                page(manifest, code))));
    }

    private static Stream<Named> codes(Manifest manifest, Path file, String text) {
        List<IgnoreComment> comments =
                manifest.file(file)
                        .map(IgnoreComment::in)
                        .orElseGet(() -> IgnoreComment.inYaml(text));
        Stream<SettingsFile.Entry> settings =
                manifest.settings().file().equals(file)
                        ? manifest.settings().rules().stream()
                        : Stream.empty();
        return Stream.concat(
                comments.stream()
                        .flatMap(comment -> comment.codes().stream())
                        .map(name -> new Named(name.text(), name.span())),
                settings.map(entry -> new Named(entry.key(), entry.keySpan())));
    }

    private static Page page(Manifest manifest, Code code) {
        String here =
                Optional.ofNullable(RuleSettings.of(manifest.settings()).wanted().get(code))
                        .map(level -> " · " + level.word() + " in this project")
                        .orElse("");
        Page.Writer page = new Page.Writer();
        page.line(
                Page.strong(code.id()),
                Page.words(
                        " · "
                                + code.title()
                                + " · "
                                + code.severity().name().toLowerCase(Locale.ROOT)
                                + here));
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
