package dev.dvtls.run;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where in the user's files a failure belongs that does not say so itself. */
final class Blame {
    private Blame() {}

    /**
     * The failure with a place: the reference to the upstream that it is about, else {@code model}
     * in {@code def model}, else the file alone. Of a place that is a line only, the line's text.
     */
    static RunEvent.Failure placed(Manifest manifest, Node model, ModelFailure failure) {
        RunEvent.Failure told = failure.failure();
        boolean complete =
                told.line() > 0 || told.file().filter(f -> !f.equals(model.file())).isPresent();
        Optional<ModelFile> file = manifest.file(model.file());
        if (complete || file.isEmpty()) {
            return wholeLine(told);
        }
        return failure.upstream()
                .flatMap(upstream -> reference(manifest, file.get(), upstream))
                .or(() -> definition(file.get()))
                .map(span -> at(told, file.get(), span))
                .orElseGet(() -> inFile(told, model.file()));
    }

    /** The failure on a span of a file. */
    static RunEvent.Failure at(RunEvent.Failure told, ModelFile file, Span span) {
        LineIndex lines = LineIndex.of(file.text());
        LineIndex.Position start = lines.position(span.start(), LineIndex.Encoding.UTF_32);
        LineIndex.Position end = lines.position(span.end(), LineIndex.Encoding.UTF_32);
        return new RunEvent.Failure(
                told.code(),
                told.message(),
                Optional.of(file.path()),
                start.line() + 1,
                start.column() + 1,
                end.line() + 1,
                end.column() + 1,
                told.traceback());
    }

    /** Crashes, timeouts and templates tell a line; so does all else before Python 3.11. */
    private static RunEvent.Failure wholeLine(RunEvent.Failure told) {
        if (told.line() <= 0 || told.column() > 0 || told.file().isEmpty()) {
            return told;
        }
        try (Stream<String> lines = Files.lines(told.file().get())) {
            String text = lines.skip(told.line() - 1L).findFirst().orElse("").stripTrailing();
            int indent = text.length() - text.stripLeading().length();
            return text.isEmpty()
                    ? told
                    : new RunEvent.Failure(
                            told.code(),
                            told.message(),
                            told.file(),
                            told.line(),
                            indent + 1,
                            told.line(),
                            text.codePointCount(0, text.length()) + 1,
                            told.traceback());
        } catch (IOException | UncheckedIOException e) {
            return told; // not UTF-8, or gone
        }
    }

    private static RunEvent.Failure inFile(RunEvent.Failure told, Path file) {
        return new RunEvent.Failure(
                told.code(), told.message(), Optional.of(file), 0, 0, 0, 0, told.traceback());
    }

    private static Optional<Span> reference(Manifest manifest, ModelFile file, Node upstream) {
        return file.references().stream()
                .filter(
                        reference ->
                                manifest.resolve(reference.target()) instanceof Manifest.Found found
                                        && found.node().uniqueId().equals(upstream.uniqueId()))
                .map(Reference::span)
                .findFirst();
    }

    private static Optional<Span> definition(ModelFile file) {
        return file.python()
                .flatMap(p -> p.models().stream().findFirst())
                .map(m -> m.name().span());
    }
}
