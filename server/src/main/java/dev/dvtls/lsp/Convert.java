package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.check.Code;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.project.FileText;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.LineIndex.Encoding;
import dev.dvtls.text.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticCodeDescription;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/** Between offsets and the protocol's positions, problems and diagnostics. */
final class Convert {
    private Convert() {}

    static int offset(LineIndex lines, Position position, Encoding encoding) {
        return lines.offset(
                new LineIndex.Position(position.getLine(), position.getCharacter()), encoding);
    }

    static Span span(LineIndex lines, Range range, Encoding encoding) {
        int start = offset(lines, range.getStart(), encoding);
        return new Span(start, Math.max(start, offset(lines, range.getEnd(), encoding)));
    }

    static Range range(LineIndex lines, Span span, Encoding encoding) {
        return new Range(
                position(lines, span.start(), encoding), position(lines, span.end(), encoding));
    }

    static Position position(LineIndex lines, int offset, Encoding encoding) {
        LineIndex.Position position = lines.position(offset, encoding);
        return new Position(position.line(), position.column());
    }

    /** The lines of any file: the open document's, else what the manifest read, else the disk. */
    static Optional<LineIndex> lines(Snapshot snapshot, Path file) {
        Optional<Document> open = snapshot.document(file);
        if (open.isPresent()) {
            return open.map(Document::lines);
        }
        Optional<String> text =
                snapshot.projectOf(file).flatMap(m -> m.file(file)).map(ModelFile::text);
        if (text.isEmpty() && Files.isRegularFile(file)) {
            try {
                text = Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return text.map(LineIndex::of);
    }

    /** The text of any file: the open document's, else the disk's. */
    static Optional<String> text(Snapshot snapshot, Path file) {
        return snapshot.document(file).map(Document::text).or(() -> FileText.read(file).text());
    }

    /** The client's own URI for a file that it has open. */
    static String uri(Snapshot snapshot, Path file) {
        return snapshot.document(file).map(Document::uri).orElseGet(() -> Uris.of(file));
    }

    static Diagnostic diagnostic(
            Snapshot snapshot, LineIndex lines, Problem problem, ClientFeatures features) {
        Diagnostic diagnostic = new Diagnostic();
        diagnostic.setRange(range(lines, problem.span(), features.encoding()));
        diagnostic.setSeverity(severity(problem.severity()));
        diagnostic.setCode(problem.code().id());
        diagnostic.setSource("dvt");
        if (features.codeDescriptions()) {
            RulePages.uri(problem.code())
                    .map(DiagnosticCodeDescription::new)
                    .ifPresent(diagnostic::setCodeDescription);
        }
        tag(problem.code())
                .filter(features.diagnosticTags()::contains)
                .ifPresent(tag -> diagnostic.setTags(List.of(tag)));
        diagnostic.setMessage(
                problem.help().isEmpty()
                        ? problem.message()
                        : problem.message() + "\n" + problem.help());
        if (features.relatedInformation() && !problem.related().isEmpty()) {
            List<DiagnosticRelatedInformation> related = new ArrayList<>();
            for (Problem.Related other : problem.related()) {
                lines(snapshot, other.file())
                        .ifPresent(
                                at ->
                                        related.add(
                                                new DiagnosticRelatedInformation(
                                                        new Location(
                                                                uri(snapshot, other.file()),
                                                                range(
                                                                        at,
                                                                        other.span(),
                                                                        features.encoding())),
                                                        other.message())));
            }
            diagnostic.setRelatedInformation(related);
        }
        if (!problem.fixes().isEmpty()) {
            diagnostic.setData(fixes(lines, problem.fixes(), features.encoding()));
        }
        return diagnostic;
    }

    private static Optional<DiagnosticTag> tag(Code code) {
        if (code.isUnnecessary()) {
            return Optional.of(DiagnosticTag.Unnecessary);
        }
        return code.isDeprecated() ? Optional.of(DiagnosticTag.Deprecated) : Optional.empty();
    }

    /** What a code action will need, kept with the diagnostic: {@code [{title, edits}]}. */
    private static JsonArray fixes(LineIndex lines, List<Fix> fixes, Encoding encoding) {
        JsonArray all = new JsonArray();
        for (Fix fix : fixes) {
            JsonArray edits = new JsonArray();
            for (Fix.Edit edit : fix.edits()) {
                JsonObject one = new JsonObject();
                one.add("range", json(range(lines, edit.span(), encoding)));
                one.addProperty("newText", edit.newText());
                edits.add(one);
            }
            JsonObject one = new JsonObject();
            one.addProperty("title", fix.title());
            one.add("edits", edits);
            all.add(one);
        }
        return all;
    }

    static JsonObject json(Range range) {
        JsonObject object = new JsonObject();
        object.add("start", json(range.getStart()));
        object.add("end", json(range.getEnd()));
        return object;
    }

    static JsonObject json(Position position) {
        JsonObject object = new JsonObject();
        object.addProperty("line", position.getLine());
        object.addProperty("character", position.getCharacter());
        return object;
    }

    static DiagnosticSeverity severity(Severity severity) {
        return switch (severity) {
            case ERROR -> DiagnosticSeverity.Error;
            case WARNING -> DiagnosticSeverity.Warning;
            case INFORMATION -> DiagnosticSeverity.Information;
            case HINT -> DiagnosticSeverity.Hint;
        };
    }
}
