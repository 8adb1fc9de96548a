package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Node;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.function.Consumer;

/** Two nodes of one name; shown on both. */
final class DuplicateNode implements Rule {
    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (List<Node> group : file.duplicates()) {
            group.stream()
                    .filter(n -> n.file().equals(file.model().path()))
                    .findFirst()
                    .ifPresent(n -> found.accept(finding(file, n, group).problem()));
        }
    }

    private static Finding finding(CheckedFile file, Node node, List<Node> group) {
        List<Node> others = group.stream().filter(n -> !n.equals(node)).toList();
        Node other = others.get(0);
        String more = others.size() > 1 ? " (and " + (others.size() - 1) + " more)" : "";
        Finding finding =
                Finding.of(
                                file,
                                Code.DUPLICATE_NODE,
                                file.place(),
                                "Two nodes are named '"
                                        + node.name()
                                        + "': this "
                                        + node.kind().word()
                                        + " and the "
                                        + other.kind().word()
                                        + " in '"
                                        + file.shown(other.file())
                                        + "'"
                                        + more
                                        + ".")
                        .help(
                                "Rename one of the files: ref('"
                                        + node.name()
                                        + "') cannot tell them apart.");
        for (Node one : others) {
            Span place = file.manifest().file(one.file()).map(CheckedFile::place).orElse(Span.NONE);
            finding =
                    finding.related(
                            one.file(),
                            place,
                            "'" + one.name() + "' is this " + one.kind().word() + " too");
        }
        return finding;
    }
}
