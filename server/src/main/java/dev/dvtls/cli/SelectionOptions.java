package dev.dvtls.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which nodes a command works on. A picocli mixin. */
public final class SelectionOptions {
    @Option(
            names = {"--select", "-s", "--models", "-m"},
            paramLabel = "SELECTION",
            arity = "1..*",
            description =
                    "Nodes to take: name, tag:x, path:models/x, source:s.t, +name, name+, @name."
                            + " Spaces unite, commas intersect. Default: all.")
    private List<String> select = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "SELECTION",
            arity = "1..*",
            description = "Nodes to leave out, in the same grammar.")
    private List<String> exclude = new ArrayList<>();

    public List<String> select() {
        return List.copyOf(select);
    }

    public List<String> exclude() {
        return List.copyOf(exclude);
    }
}
