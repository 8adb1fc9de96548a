package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Models that read each other in a circle; shown in each of them, on the ref that closes it. */
final class Cycle implements Rule {
    /**
     * Places shown beside the problem: a reader follows a few; each model of the circle shows its
     * own.
     */
    private static final int MOST_RELATED = 7;

    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        file.node().ifPresent(self -> check(file, self, found));
    }

    private static void check(CheckedFile file, Node self, Consumer<Problem> found) {
        if (self.dependsOn().isEmpty()) {
            return;
        }
        List<Node> circle = circle(file.manifest(), self);
        if (circle.size() < 2) {
            return; // none, or the model itself, which is another rule's
        }
        reading(file.manifest(), file.model(), circle.get(1))
                .ifPresent(r -> found.accept(finding(file, circle, r).problem()));
    }

    /** In the order of reading, this one first. */
    private static List<Node> circle(Manifest manifest, Node self) {
        List<String> ids = new ArrayList<>(manifest.cycleThrough(self.uniqueId()));
        Collections.rotate(ids, -Math.max(ids.indexOf(self.uniqueId()), 0));
        if (ids.size() > 1 && !self.dependsOn().contains(ids.get(1))) {
            Collections.reverse(ids);
            Collections.rotate(ids, 1);
        }
        return ids.stream().flatMap(id -> manifest.node(id).stream()).toList();
    }

    private static Finding finding(CheckedFile file, List<Node> circle, Reference reference) {
        List<String> names = new ArrayList<>(circle.stream().map(Node::name).toList());
        names.add(names.get(0));
        Finding finding =
                Finding.of(
                                file,
                                Code.CYCLE,
                                References.last(reference),
                                "Models read each other in a circle: " + shortened(names) + ".")
                        .help(
                                "Nothing on the circle can run first. Take one of these reads out,"
                                        + " or split a model in two.");
        for (int i = 1; i < Math.min(circle.size(), MOST_RELATED + 1); i++) {
            Node node = circle.get(i);
            Node next = circle.get((i + 1) % circle.size());
            for (ModelFile other : file.manifest().file(node.file()).stream().toList()) {
                for (Reference there : reading(file.manifest(), other, next).stream().toList()) {
                    finding =
                            finding.related(
                                    node.file(),
                                    References.last(there),
                                    "'" + node.name() + "' reads '" + next.name() + "' here");
                }
            }
        }
        return finding;
    }

    private static String shortened(List<String> names) {
        return names.size() <= 8
                ? String.join(" -> ", names)
                : String.join(" -> ", names.subList(0, 6))
                        + " -> ... -> "
                        + names.get(names.size() - 1);
    }

    private static Optional<Reference> reading(Manifest manifest, ModelFile file, Node node) {
        return file.references().stream()
                .filter(
                        r ->
                                manifest.resolve(r.target()) instanceof Manifest.Found found
                                        && found.node().uniqueId().equals(node.uniqueId()))
                .findFirst();
    }
}
