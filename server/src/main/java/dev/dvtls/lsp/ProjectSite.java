package dev.dvtls.lsp;

import dev.dvtls.assist.NodeFacts;
import dev.dvtls.assist.docs.Site;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.project.FileText;
import dev.dvtls.project.Profile;
import dev.dvtls.project.Project;
import dev.dvtls.run.ColumnsOnDisk;
import dev.dvtls.run.Secrets;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The documentation of a project on this machine.
 *
 * @param secrets of its profile and of the environment: nothing of them is shown
 */
public record ProjectSite(Manifest manifest, NodeFacts facts, Secrets secrets) {

    /**
     * @param target whose cache and schema are shown; empty: the profile's own
     */
    public static ProjectSite of(
            Manifest manifest,
            Optional<Path> profilesDir,
            Optional<String> target,
            Map<String, String> environment) {
        Map<String, String> where = new HashMap<>(environment);
        profilesDir.ifPresent(
                dir -> where.put("DVT_PROFILES_DIR", dir.toAbsolutePath().toString()));
        ColumnsOnDisk columns = new ColumnsOnDisk(root -> target, where);
        List<Secrets> secrets = new ArrayList<>(List.of(Secrets.ofEnvironment(environment)));
        columns.profile(manifest.project()).map(Profile::outputs).orElse(Map.of()).values().stream()
                .map(output -> Secrets.of(output.fields()))
                .forEach(secrets::add);
        return new ProjectSite(manifest, new DiskFacts(columns), Secrets.forEvents(secrets));
    }

    /**
     * Reads files: never call it on the message loop.
     *
     * @param known what is shown beside the project's texts
     * @param selected unique ids of the nodes to show
     * @param everything true where nothing was selected
     */
    public Site site(NodeFacts known, Set<String> selected, boolean everything) {
        return Site.of(
                manifest,
                known,
                new Site.Wanted(
                        selected, everything, file -> FileText.read(file).text(), secrets::hide));
    }

    /** Where it is written when nothing else is said. */
    public static Path folder(Project project) {
        return project.root().resolve(project.targetPath()).resolve("docs").normalize();
    }

    /** What the front end's build leaves beside the program. */
    public static Path assets() {
        try {
            Path program =
                    Path.of(
                            ProjectSite.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            return program.resolveSibling("docs-site");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Java names the program's place by a URI", e);
        }
    }
}
