package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How near nodes are to a file, in folders, in the DAG and in what is worked on; those that it
 * reads already come after, and last those that read it themselves.
 */
final class Ranking {
    private static final int FARTHEST = 8;
    private static final int REFERENCED = 10;

    /**
     * So much nearer is what other files read that were changed last, and so many of them count.
     */
    private static final int RECENT = 4;

    private static final int RECENT_FILES = 4;

    private static final int OTHER_PACKAGE = 20;
    private static final int CYCLE = 40;

    /** Of each upstream, so many readers are looked at: hubs have thousands. */
    private static final int READERS = 50;

    private final Manifest manifest;

    /** Of the project: most files have it in common. */
    private final String root;

    /** Ends with a separator. */
    private final String folder;

    private final Optional<Node> own;
    private final Set<String> referenced = new HashSet<>();
    private final Set<String> near = new HashSet<>();
    private final Set<String> recent = new HashSet<>();

    /** Whatever reads this model, and through which node it does. */
    private final Map<String, String> downstream;

    /**
     * @param cursor the reference under it is not one that the file has already
     * @param changed files, the one that was changed last first
     */
    Ranking(Manifest manifest, Path file, int cursor, List<Path> changed) {
        this.manifest = manifest;
        this.root = manifest.project().root().toString();
        String path = file.toString();
        this.folder =
                path.substring(0, path.length() - String.valueOf(file.getFileName()).length());
        this.own = manifest.nodeOf(file);
        this.downstream = own.map(node -> downstream(manifest, node)).orElse(Map.of());
        for (Reference reference :
                manifest.file(file).map(ModelFile::references).orElse(List.of())) {
            if (!reference.span().touches(cursor)
                    && manifest.resolve(reference.target()) instanceof Manifest.Found found) {
                referenced.add(found.node().uniqueId());
            }
        }
        changed.stream()
                .filter(other -> !other.equals(file))
                .flatMap(other -> manifest.file(other).stream())
                .limit(RECENT_FILES)
                .forEach(this::worksOn);
        for (String upstream : referenced) {
            manifest.readersOf(upstream).stream()
                    .limit(READERS)
                    .filter(reader -> own.map(Node::uniqueId).filter(reader::equals).isEmpty())
                    .flatMap(reader -> manifest.node(reader).stream())
                    .forEach(reader -> near.addAll(reader.dependsOn()));
        }
    }

    private void worksOn(ModelFile other) {
        manifest.nodeOf(other.path()).map(Node::uniqueId).ifPresent(recent::add);
        for (Reference reference : other.references()) {
            if (manifest.resolve(reference.target()) instanceof Manifest.Found found) {
                recent.add(found.node().uniqueId());
            }
        }
    }

    private static Map<String, String> downstream(Manifest manifest, Node node) {
        Map<String, String> through = new HashMap<>();
        Deque<String> queue = new ArrayDeque<>(List.of(node.uniqueId()));
        while (!queue.isEmpty()) {
            String at = queue.remove();
            for (String reader : manifest.readersOf(at)) {
                if (!reader.equals(node.uniqueId()) && through.putIfAbsent(reader, at) == null) {
                    queue.add(reader);
                }
            }
        }
        return through;
    }

    /** Smaller is nearer; below 100. */
    int of(Node node) {
        int distance = Math.min(FARTHEST, distance(node.file()));
        int score = near.contains(node.uniqueId()) ? Math.max(0, distance - 2) : distance;
        score = recent.contains(node.uniqueId()) ? Math.max(0, score - RECENT) : score + 1;
        score += referenced.contains(node.uniqueId()) ? REFERENCED : 0;
        score += node.packageName().equals(manifest.project().name()) ? 0 : OTHER_PACKAGE;
        return score + (closesCycle(node) ? CYCLE : 0);
    }

    private boolean closesCycle(Node node) {
        return downstream.containsKey(node.uniqueId());
    }

    /** As the first part of a sort key. */
    static String sort(int score) {
        return score < 10 ? "0" + score : Integer.toString(score);
    }

    /** One line: what the node is, and the cycle that reading it would close. */
    String detail(Node node) {
        String what = NodeText.detail(manifest, node);
        if (!closesCycle(node)) {
            return what;
        }
        List<String> path = new ArrayList<>();
        String at = node.uniqueId();
        while (downstream.containsKey(at)) {
            path.add(name(at));
            at = downstream.getOrDefault(at, "");
        }
        path.add(name(at));
        path.add(name(node.uniqueId()));
        return "would close a cycle: " + String.join(" -> ", shortened(path)) + " · " + what;
    }

    private static List<String> shortened(List<String> path) {
        int most = 5;
        if (path.size() <= most) {
            return path;
        }
        List<String> some = new ArrayList<>(path.subList(0, 2));
        some.add("...");
        some.addAll(path.subList(path.size() - 2, path.size()));
        return some;
    }

    private String name(String uniqueId) {
        return manifest.node(uniqueId).map(Node::name).orElse(uniqueId);
    }

    /** Folders to leave and to enter on the way to a file. */
    private int distance(Path file) {
        String other = file.toString();
        int most = Math.min(folder.length(), other.length());
        boolean inside = folder.startsWith(root) && other.startsWith(root);
        int common = inside ? root.length() : 0; // past the last separator that both have
        for (int i = common; i < most && folder.charAt(i) == other.charAt(i); i++) {
            common = isSeparator(folder.charAt(i)) ? i + 1 : common;
        }
        return separators(folder, common) + separators(other, common);
    }

    private static int separators(String path, int from) {
        int count = 0;
        for (int i = from; i < path.length(); i++) {
            count += isSeparator(path.charAt(i)) ? 1 : 0;
        }
        return count;
    }

    private static boolean isSeparator(char c) {
        return c == '/' || c == '\\';
    }
}
