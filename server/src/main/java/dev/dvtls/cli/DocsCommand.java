package dev.dvtls.cli;

import dev.dvtls.assist.NodeFacts;
import dev.dvtls.assist.docs.Site;
import dev.dvtls.assist.docs.SiteFolder;
import dev.dvtls.lsp.DocsServer;
import dev.dvtls.lsp.ProjectSite;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.manifest.Selector;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dvt-ls docs}: the project as a static site. */
@Command(
        name = "docs",
        description =
                "Writes the project's documentation as a site that opens without a server: models,"
                        + " columns, code, lineage, search. Runs nothing of the project.",
        mixinStandardHelpOptions = true)
public final class DocsCommand implements Callable<Integer> {
    private static final int PORT = 8080;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ProjectOptions project = new ProjectOptions();
    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description = "Where to write it. Default: docs in the project's target folder.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = {"-t", "--target"},
            paramLabel = "NAME",
            description = "The output of the profile whose cache and schema are shown.")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--no-data",
            description =
                    "Leave out what this machine knows of the data (the cache, the last runs), so"
                            + " that the site follows from the project's files alone.")
    private boolean noData;

    @Option(
            names = "--serve",
            description = "Serve it on this machine until Ctrl+C, at http://127.0.0.1:PORT.")
    private boolean serve;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "For --serve; 0 takes a free one. Default: 8080.")
    private int port = PORT;

    @Option(
            names = "--page",
            paramLabel = "FOLDER",
            hidden = true,
            description = "Where the built page is. Default: docs-site beside the program.")
    private Optional<Path> assets = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ProjectManifest manifest = project.loadUsable();
        manifest.problems()
                .forEach(problem -> err.println("warning: " + ProjectOptions.text(problem)));
        ProjectSite made = ProjectSite.of(manifest, project.profilesDir(), target, System.getenv());
        Site site = made.site(noData ? NodeFacts.TEXTS : made.facts(), selected(manifest), all());
        Path page = write(manifest, site);
        out.println(
                "Wrote "
                        + site.nodes()
                        + (site.nodes() == 1 ? " node" : " nodes")
                        + " to "
                        + Located.shown(page, Path.of("").toAbsolutePath()));
        out.flush();
        if (!serve) {
            out.println("Open " + page.toUri());
            out.flush();
            return ExitCode.OK;
        }
        return served(out, page);
    }

    private Path write(ProjectManifest manifest, Site site) {
        Path folder =
                output.map(Path::toAbsolutePath)
                        .orElseGet(() -> ProjectSite.folder(manifest.project()))
                        .normalize();
        try {
            return SiteFolder.write(assets.orElseGet(ProjectSite::assets), folder, site);
        } catch (SiteFolder.Refused e) {
            throw CommandFailed.failed(String.valueOf(e.getMessage()));
        }
    }

    private boolean all() {
        return selection.select().isEmpty() && selection.exclude().isEmpty();
    }

    private Set<String> selected(ProjectManifest manifest) {
        try {
            return Selector.select(manifest, selection.select(), selection.exclude());
        } catch (Selector.UnknownSelection e) {
            throw CommandFailed.usage(e.getMessage());
        }
    }

    private int served(PrintWriter out, Path page) throws InterruptedException {
        try (DocsServer server = DocsServer.start(page.resolveSibling("."), port)) {
            out.println("Serving it at " + server.address() + " until Ctrl+C.");
            out.flush();
            server.await();
            return ExitCode.OK;
        } catch (IOException e) {
            throw CommandFailed.failed(
                    "Port "
                            + port
                            + " cannot be listened on: "
                            + e.getMessage()
                            + ". Name another with --port; 0 takes a free one.");
        }
    }
}
