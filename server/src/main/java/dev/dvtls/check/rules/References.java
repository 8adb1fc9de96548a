package dev.dvtls.check.rules;

import dev.dvtls.manifest.Reference;
import dev.dvtls.text.Span;
import java.util.List;

/** What the rules about references share: where the name stands, what could have been meant. */
final class References {
    private References() {}

    /** The span of the last name: the model, or the table of a source. */
    static Span last(Reference reference) {
        List<Span> names = reference.names();
        return names.isEmpty() ? reference.span() : names.get(names.size() - 1);
    }

    static Span first(Reference reference) {
        return reference.names().isEmpty() ? reference.span() : reference.names().get(0);
    }

    /** True when the name stands there itself, and did not come through a constant or a loop. */
    static boolean isWritten(CheckedFile file, Span span, String name) {
        return span.of(file.text()).equals(name);
    }

    /** A name whose closing quote is still to be typed is no name yet. */
    static boolean isUnfinished(CheckedFile file, Reference reference) {
        Span span = last(reference);
        String text = file.text();
        char before = span.start() > 0 ? text.charAt(span.start() - 1) : ' ';
        char after = span.end() < text.length() ? text.charAt(span.end()) : '\n';
        boolean quoted = before == '"' || before == '\'';
        return quoted && reference.origin() == Reference.Origin.CALL && after != before;
    }

    /** {@code Did you mean 'a', 'b' or 'c'?} */
    static String didYouMean(List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        List<String> quoted = names.stream().map(n -> "'" + n + "'").toList();
        String last = quoted.get(quoted.size() - 1);
        String list =
                quoted.size() == 1
                        ? last
                        : String.join(", ", quoted.subList(0, quoted.size() - 1)) + " or " + last;
        return " Did you mean " + list + "?";
    }

    static Finding withReplacements(
            Finding finding, CheckedFile file, Span span, String wrong, List<String> names) {
        return isWritten(file, span, wrong) ? finding.replacements(span, names) : finding;
    }
}
