package dev.dvtls.run;

import dev.dvtls.cache.DvtFolder;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.project.Profile;
import dev.dvtls.run.Engine.RunRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The output that a request works on: the one that it names, else the profile's own, which may be a
 * template. No connection is rendered for it, and nothing is started where there is no template.
 */
record TargetName(Surroundings surroundings, RunRequest request, Manifest manifest) {

    /**
     * @param environment of the run
     * @throws RunRefused when the profile has no such output, or its template cannot be rendered
     */
    String of(Profile profile, Map<String, String> environment)
            throws RunRefused, InterruptedException, IOException {
        ProfileConnections connections =
                new ProfileConnections(
                        profile, templates -> render(templates, environment), environment);
        try {
            String name =
                    request.target().isPresent()
                            ? request.target().get()
                            : connections.defaultTarget();
            if (!profile.outputs().containsKey(name)) {
                throw new RunRefused(ProfileConnections.unknown(profile, name));
            }
            return name;
        } catch (ModelFailure e) {
            throw new RunRefused(e.failure().message());
        }
    }

    private Map<String, String> render(
            Map<String, String> templates, Map<String, String> environment)
            throws ModelFailure, InterruptedException {
        Path root = manifest.project().root();
        try {
            WorkerProcess.Launch tools =
                    new WorkerProcess.Launch(
                            surroundings.pythonOfTools(root, request),
                            WorkerFiles.unpack(DvtFolder.open(root)),
                            root,
                            environment);
            return new WorkerRenderer(
                            tools,
                            LocalEngine.vars(manifest.project(), request),
                            new Cancellation())
                    .render(templates);
        } catch (RunRefused e) {
            throw ModelFailure.of("python-environment", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw ModelFailure.of("io-error", DiskTrouble.explained(e, root.resolve(".dvt")));
        }
    }
}
