package dev.dvtls.python;

import java.util.List;

/** The parameters of a function or lambda, in source order. */
public record Parameters(int start, int end, List<Param> items) implements Node {}
