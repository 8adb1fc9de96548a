package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.ModelFile.ConfigEntry;
import dev.dvtls.manifest.Node;
import dev.dvtls.text.Span;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** unused-config: what only an incremental model looks at, in one that is a table. */
final class UnusedConfig implements Rule {
    private static final Set<String> INCREMENTAL_ONLY =
            Set.of(
                    "unique_key",
                    "incremental_strategy",
                    "incremental_predicates",
                    "on_schema_change",
                    "merge_update_columns",
                    "merge_exclude_columns");

    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        boolean table =
                file.isPython()
                        && file.node().map(Node::materialized).filter("table"::equals).isPresent()
                        && file.model().config().stream()
                                .noneMatch(e -> mayChangeMaterialization(e));
        if (table) {
            file.model().config().stream()
                    .filter(e -> INCREMENTAL_ONLY.contains(e.key()))
                    .filter(e -> !file.isBroken(e.valueSpan()))
                    .map(e -> unused(file, e).problem())
                    .forEach(found);
        }
    }

    private static boolean mayChangeMaterialization(ConfigEntry entry) {
        return entry.value().isEmpty()
                && (entry.key().equals("materialized") || entry.key().equals("**"));
    }

    private static Finding unused(CheckedFile file, ConfigEntry entry) {
        Finding finding =
                Finding.of(
                                file,
                                Code.UNUSED_CONFIG,
                                entry.keySpan(),
                                "'"
                                        + entry.key()
                                        + "' has no effect: the model is a table, which each run"
                                        + " makes anew.")
                        .help("Remove it, or write materialized=\"incremental\".");
        return argument(file.text(), entry)
                .map(span -> finding.fix("Remove '" + entry.key() + "'", span, ""))
                .orElse(finding);
    }

    /** The keyword argument with its comma, and its line where it stands alone. */
    private static Optional<Span> argument(String text, ConfigEntry entry) {
        int equals = skip(text, entry.keySpan().end(), 1);
        boolean keyword =
                entry.keySpan().of(text).equals(entry.key())
                        && equals < text.length()
                        && text.charAt(equals) == '='
                        && entry.valueSpan().start() > equals;
        if (!keyword) {
            return Optional.empty();
        }
        int start = entry.keySpan().start();
        int end = entry.valueSpan().end();
        int after = skip(text, end, 1);
        if (after < text.length() && text.charAt(after) == ',') {
            end = after + 1;
            int line = text.indexOf('\n', end);
            boolean alone =
                    line >= 0
                            && text.substring(end, line).isBlank()
                            && Statements.indent(text, start).isBlank();
            return Optional.of(
                    alone
                            ? new Span(start - Statements.indent(text, start).length(), line + 1)
                            : new Span(start, skip(text, end, 1)));
        }
        int before = skip(text, start - 1, -1);
        boolean comma = before >= 0 && text.charAt(before) == ',';
        return Optional.of(new Span(comma ? before : start, end));
    }

    private static int skip(String text, int from, int step) {
        int at = from;
        while (at >= 0 && at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at += step;
        }
        return at;
    }
}
