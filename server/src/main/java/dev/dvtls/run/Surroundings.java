package dev.dvtls.run;

import dev.dvtls.cache.WorkFolder;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.project.Profile;
import dev.dvtls.run.Engine.RunRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the engine takes from the project's files and the machine. */
interface Surroundings {
    ProjectManifest manifest(RunRequest request) throws RunRefused;

    /** The nodes of the request's selection. */
    List<Node> select(Manifest manifest, RunRequest request) throws RunRefused;

    Profile profile(Manifest manifest, RunRequest request, Map<String, String> environment)
            throws RunRefused;

    /** The interpreter that the project's models run in. */
    Path python(Path projectDir, RunRequest request) throws RunRefused;

    /** An interpreter that has jinja2. */
    Path pythonOfTools(Path projectDir, RunRequest request) throws RunRefused;

    /** The folder of debugpy's package. */
    Path debugpy(Path projectDir, RunRequest request) throws RunRefused;

    Transfers transfers(
            Path projectDir,
            RunRequest request,
            WorkFolder work,
            Transcript transcript,
            Cancellation cancellation)
            throws RunRefused;
}
