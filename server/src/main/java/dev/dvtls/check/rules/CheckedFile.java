package dev.dvtls.check.rules;

import dev.dvtls.check.Outside;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.python.Stmt;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a rule sees: one file in its project.
 *
 * @param node the node it defines; empty when it is switched off or defines none
 * @param duplicates groups of nodes of one name, those that this file has a part in
 * @param outside what is known beyond the project
 */
public record CheckedFile(
        Manifest manifest,
        ModelFile model,
        Optional<Node> node,
        List<List<Node>> duplicates,
        Outside outside) {

    public static CheckedFile of(
            Manifest manifest,
            ModelFile model,
            Map<Path, List<List<Node>>> duplicates,
            Outside outside) {
        return new CheckedFile(
                manifest,
                model,
                manifest.nodeOf(model.path()),
                duplicates.getOrDefault(model.path(), List.of()),
                outside);
    }

    /** By file: found once for a whole project, as the manifest looks at every group each time. */
    public static Map<Path, List<List<Node>>> duplicatesByFile(Manifest manifest) {
        Map<Path, List<List<Node>>> byFile = new HashMap<>();
        for (List<Node> group : manifest.duplicates()) {
            group.stream()
                    .map(Node::file)
                    .distinct()
                    .forEach(f -> byFile.computeIfAbsent(f, x -> new ArrayList<>()).add(group));
        }
        return byFile;
    }

    String text() {
        return model.text();
    }

    /** The Python side, in a list of one; empty for SQL. */
    List<PythonModel> python() {
        return model.python().stream().toList();
    }

    boolean isPython() {
        return model.python().isPresent();
    }

    String name() {
        return name(model.path());
    }

    static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** A path as the user knows it: below the project, with forward slashes. */
    String shown(Path file) {
        Path root = manifest.project().root();
        Path shown = file.startsWith(root) ? root.relativize(file) : file;
        return shown.toString().replace('\\', '/');
    }

    /** Where to show what is wrong with the file as a whole. */
    Span place() {
        return place(model);
    }

    /** The name of {@code def model}, else the first line that is not blank. */
    static Span place(ModelFile file) {
        for (PythonModel python : file.python().stream().toList()) {
            for (Stmt.FunctionDef function : python.models()) {
                return function.name().span();
            }
        }
        return firstLine(file.text());
    }

    private static Span firstLine(String text) {
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return start == text.length() ? Span.NONE : new Span(start, end);
    }

    /** True when a syntax error lies in or at a range: what stands there is not finished. */
    boolean isBroken(Span span) {
        return model.problems().stream()
                .anyMatch(p -> p.span().start() <= span.end() && span.start() <= p.span().end());
    }
}
