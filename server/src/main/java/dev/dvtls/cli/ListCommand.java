package dev.dvtls.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.manifest.Selector;
import dev.dvtls.project.YamlNull;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dvt-ls list}: the nodes of a project. */
@Command(
        name = "list",
        aliases = "ls",
        description = "Lists the models, seeds, snapshots and sources of a project.",
        mixinStandardHelpOptions = true)
public final class ListCommand implements Callable<Integer> {
    @Mixin private ProjectOptions project = new ProjectOptions();
    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        ProjectManifest manifest = project.loadUsable();
        PrintWriter out = spec().commandLine().getOut();
        PrintWriter err = spec().commandLine().getErr();
        List<Node> nodes = new ArrayList<>();
        try {
            for (String id : Selector.select(manifest, selection.select(), selection.exclude())) {
                manifest.node(id).ifPresent(nodes::add);
            }
        } catch (Selector.UnknownSelection e) {
            throw CommandFailed.usage(e.getMessage());
        }
        manifest.problems()
                .forEach(problem -> err.println("warning: " + ProjectOptions.text(problem)));
        if (format == OutputFormat.JSON) {
            out.println(json(manifest, nodes));
        } else {
            nodes.stream().map(node -> text(manifest, node)).sorted().forEach(out::println);
            if (nodes.isEmpty()) {
                err.println("Nothing is selected.");
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private CommandSpec spec() {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("picocli sets the spec before a call");
        }
        return known;
    }

    /** As {@code dvt list} prints it. */
    private static String text(ProjectManifest manifest, Node node) {
        String name = String.join(".", manifest.fqn(node));
        return node.sourceName()
                .map(source -> "source:" + node.packageName() + "." + source + "." + node.name())
                .orElse(name);
    }

    private static String json(ProjectManifest manifest, List<Node> nodes) {
        Gson gson =
                new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .serializeNulls()
                        .registerTypeAdapter(
                                YamlNull.class,
                                (com.google.gson.JsonSerializer<YamlNull>)
                                        (value, type, context) -> com.google.gson.JsonNull.INSTANCE)
                        .create();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Node node : nodes) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("uniqueId", node.uniqueId());
            row.put("name", node.name());
            row.put("type", node.kind().word());
            row.put("path", path(manifest, node));
            row.put("dependsOn", node.dependsOn());
            row.put("config", node.config());
            row.put("tags", node.tags());
            rows.add(row);
        }
        return gson.toJson(rows);
    }

    /** Relative to the project, as in dbt's own list. */
    private static String path(ProjectManifest manifest, Node node) {
        Path root = manifest.project().root();
        Path file = node.file();
        return (file.startsWith(root) ? root.relativize(file) : file).toString().replace('\\', '/');
    }
}
