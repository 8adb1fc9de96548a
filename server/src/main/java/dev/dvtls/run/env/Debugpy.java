package dev.dvtls.run.env;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The debugger of Python models, with its debug adapter: debugpy's package.
 *
 * @param python that runs both
 * @param folder of the package
 */
public record Debugpy(Path python, Path folder) {
    /** The program that speaks the Debug Adapter Protocol on its standard input and output. */
    public List<String> adapter() {
        return List.of(python.toString(), folder.resolve("adapter").toString());
    }

    /** As pip wrote it down beside the package; empty: it did not. */
    public Optional<String> version() {
        try (DirectoryStream<Path> notes =
                Files.newDirectoryStream(folder.resolveSibling("."), "debugpy-*.dist-info")) {
            for (Path note : notes) {
                String name = note.getFileName().toString();
                return Optional.of(
                        name.substring("debugpy-".length(), name.lastIndexOf(".dist-info")));
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * That of the tools, whose version is pinned and which any Python can use, else the models'
     * own.
     *
     * @throws EnvironmentException saying how to get it
     */
    public static Debugpy find(Path projectDir, Path python, Machine machine)
            throws EnvironmentException {
        ToolFinder tools = ToolFinder.find(projectDir, Optional.empty(), machine);
        return Stream.concat(
                        tools.python().stream()
                                .flatMap(p -> SitePackages.sites(p, machine).stream()),
                        SitePackages.of(python, machine).stream()
                                .flatMap(s -> s.folders().stream()))
                .map(site -> site.resolve("debugpy"))
                .filter(folder -> Files.isRegularFile(folder.resolve("adapter/__main__.py")))
                .findFirst()
                .map(folder -> new Debugpy(python, folder.toAbsolutePath()))
                .orElseThrow(
                        () ->
                                new EnvironmentException(
                                        "Debugging needs debugpy, which is neither in "
                                                + tools.folder()
                                                + " nor in the models' Python ("
                                                + python
                                                + "). Run `dvt-ls env create`, or install debugpy"
                                                + " into that Python."));
    }
}
