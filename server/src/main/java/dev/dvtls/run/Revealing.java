package dev.dvtls.run;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.PlainTemplate;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.manifest.Reference;
import dev.dvtls.project.YamlNull;
import dev.dvtls.run.SqlCompiler.Place;
import dev.dvtls.run.WorkerCompiler.Said;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What models say of themselves only when they are rendered: names that a macro reads, config that
 * a template computes. dbt renders every model before a run; here those whose text does not tell.
 */
record Revealing(
        WorkerCompiler compiler,
        ProjectManifest before,
        Connection target,
        RunConnections connections,
        Consumer<RunEvent> events) {

    /**
     * @param wanted what will be run; several are rendered with all that is upstream of them, one
     *     with what it reads itself
     * @return the manifest with what was told; a model that does not render stays as it is, and
     *     fails in its turn
     */
    ProjectManifest of(Collection<Node> wanted) throws CancelledException, InterruptedException {
        ProjectManifest known = before;
        Set<String> seen = new HashSet<>();
        Deque<Node> left = new ArrayDeque<>();
        wanted.stream().filter(node -> seen.add(node.uniqueId())).forEach(left::add);
        int followed = wanted.size() > 1 ? Integer.MAX_VALUE : wanted.size();
        for (int i = 0; !left.isEmpty(); i++) {
            Node node = left.remove();
            try {
                known = with(known, node);
            } catch (ModelFailure e) {
                return known; // no compiler: whatever needs one will say so
            }
            Optional<Node> now = known.node(node.uniqueId());
            if (now.isPresent() && (i < followed || Lineage.isEphemeral(now.get()))) {
                now.get().dependsOn().stream()
                        .filter(seen::add)
                        .flatMap(id -> before.node(id).stream())
                        .forEach(left::add);
            }
        }
        return known;
    }

    /** Whether rendering tells more of a node than its text. */
    static boolean tellsMore(Manifest manifest, Node node) {
        return node.kind() == Node.Kind.MODEL
                && (!new ModelConfig(node).templates().isEmpty()
                        || (!node.isPython()
                                && !manifest.file(node.file())
                                        .map(PlainTemplate::is)
                                        .orElse(true)));
    }

    private ProjectManifest with(ProjectManifest known, Node node)
            throws ModelFailure, CancelledException, InterruptedException {
        Optional<ModelFile> file =
                node.kind() == Node.Kind.MODEL ? before.file(node.file()) : Optional.empty();
        if (file.isEmpty()) {
            return known;
        }
        boolean plain = node.isPython() || PlainTemplate.is(file.get());
        List<String> templates = new ModelConfig(node).templates();
        if (plain && templates.isEmpty()) {
            return known;
        }
        Place place = new Place.Inside(home(node));
        ModelFile told = plain ? file.get() : rendered(node, file.get(), place);
        Map<String, Object> more = new LinkedHashMap<>();
        for (String key : templates) {
            if (!told.declarations().config().containsKey(key)) {
                Object template = new ModelConfig(node).value(key).orElse("");
                rendered(node, key, template, place).ifPresent(value -> more.put(key, value));
            }
        }
        return known.withFile(node.file(), told.configured(more));
    }

    private ModelFile rendered(Node node, ModelFile file, Place place)
            throws ModelFailure, CancelledException, InterruptedException {
        Optional<Said> said = said(node, file.text(), place, false);
        if (said.isEmpty()) {
            return file;
        }
        Map<String, Object> config = said.get().config();
        Set<Node> reads = new LinkedHashSet<>(said.get().reads());
        if ("incremental".equals(config.getOrDefault("materialized", node.materialized()))) {
            said(node, file.text(), place, true).ifPresent(later -> reads.addAll(later.reads()));
        }
        return file.rendered(unseen(file, reads), config);
    }

    private Connection home(Node node) throws InterruptedException {
        try {
            String output = RunPlan.output(node, target.name());
            return output.equals(target.name()) ? target : connections.get(output);
        } catch (ModelFailure e) {
            return target; // its step will say what is wrong with its output
        }
    }

    /** Empty when the template fails, for which its model will fail. */
    private Optional<Said> said(Node node, String text, Place place, boolean incremental)
            throws ModelFailure, CancelledException, InterruptedException {
        try {
            return Optional.of(compiler.said(node, text, place, incremental));
        } catch (ModelFailure e) {
            if (e.failure().code().equals("python-environment")) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** A template in the project file or in properties; empty when it fails. */
    private Optional<Object> rendered(Node node, String key, Object value, Place place)
            throws ModelFailure, CancelledException, InterruptedException {
        if (value instanceof Collection<?> items) {
            List<Object> all = new ArrayList<>();
            for (Object item : items) {
                Optional<Object> one = rendered(node, key, item, place);
                if (one.isEmpty()) {
                    return one;
                }
                all.add(one.get());
            }
            return Optional.of(List.copyOf(all));
        }
        try {
            String text = compiler.said(node, value.toString(), place, false).text().strip();
            return Optional.of(plain(text));
        } catch (ModelFailure e) {
            if (e.failure().code().equals("python-environment")) {
                throw e;
            }
            events.accept(
                    new RunEvent.Warning(
                            node.uniqueId(),
                            "`" + key + "` of '" + node.name() + "': " + e.failure().message()));
            return Optional.empty();
        }
    }

    private static Object plain(String text) {
        return switch (text) {
            case "True", "true" -> true;
            case "False", "false" -> false;
            case "None", "none", "" -> YamlNull.NULL;
            default -> text;
        };
    }

    /** What the file's own references do not name. */
    private List<Reference.Target> unseen(ModelFile file, Set<Node> reads) {
        Set<String> shown = new HashSet<>();
        for (Reference reference : file.references()) {
            if (before.resolve(reference.target()) instanceof Manifest.Found found) {
                shown.add(found.node().uniqueId());
            }
        }
        return reads.stream()
                .filter(node -> !shown.contains(node.uniqueId()))
                .map(Revealing::target)
                .toList();
    }

    private static Reference.Target target(Node node) {
        return node.sourceName()
                .<Reference.Target>map(source -> new Reference.SourceTarget(source, node.name()))
                .orElseGet(
                        () ->
                                new Reference.ModelTarget(
                                        Optional.of(node.packageName()),
                                        node.name(),
                                        node.version()));
    }
}
