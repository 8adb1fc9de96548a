package dev.dvtls.cli;

import dev.dvtls.check.Problem;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.LineIndex.Encoding;
import dev.dvtls.text.LineIndex.Position;
import dev.dvtls.text.Span;
import java.nio.file.Path;

/** A problem with its place in lines and columns, from 1, columns in code points. */
record Located(Problem problem, Place place, LineIndex lines) {
    record Place(int line, int column, int endLine, int endColumn) {
        static Place of(Span span, LineIndex lines) {
            Position start = lines.position(span.start(), Encoding.UTF_32);
            Position end = lines.position(span.end(), Encoding.UTF_32);
            return new Place(
                    start.line() + 1, start.column() + 1, end.line() + 1, end.column() + 1);
        }
    }

    static Located of(Problem problem, String text) {
        LineIndex lines = LineIndex.of(text);
        return new Located(problem, Place.of(problem.span(), lines), lines);
    }

    /** As a user in a folder names a file: relative when it is below, with forward slashes. */
    static String shown(Path file, Path here) {
        return (file.startsWith(here) ? here.relativize(file) : file).toString().replace('\\', '/');
    }
}
