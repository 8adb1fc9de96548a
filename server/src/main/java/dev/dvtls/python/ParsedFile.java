package dev.dvtls.python;

import java.util.List;

/**
 * What the parser makes of a text: always a tree, and what is wrong with the text.
 *
 * @param comments in source order
 */
public record ParsedFile(Module module, List<SyntaxProblem> problems, List<Comment> comments) {}
