package dev.dvtls.project;

import java.nio.file.Path;

/**
 * What is wrong with a file of a project.
 *
 * @param line from 1; 0 when not known
 * @param column from 1, in code points; 0 when not known
 * @param message a sentence for the user
 */
public record FileProblem(Path file, int line, int column, String message) {
    public static FileProblem of(Path file, String message) {
        return new FileProblem(file, 0, 0, message);
    }
}
