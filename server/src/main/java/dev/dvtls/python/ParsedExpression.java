package dev.dvtls.python;

import java.util.List;

/** An expression alone, and what is wrong with its text. */
public record ParsedExpression(Expr expression, List<SyntaxProblem> problems) {}
