package dev.dvtls.lsp;

import dev.dvtls.check.Outside;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.run.RunRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What the server asks of projects. Methods that read the disk never run on the loop. */
interface ProjectAccess {
    /** Roots of the projects at or below a folder. Reads the disk. */
    Set<Path> discover(Path folder) throws IOException;

    /** The root of the project that a file belongs to, looking upwards. Reads the disk. */
    Optional<Path> rootOf(Path file);

    /**
     * Loads a project. Reads the disk.
     *
     * @param open texts that win over the disk, by path
     */
    Manifest load(Path root, Map<Path, String> open) throws IOException;

    /** The manifest with a file added or replaced. Reads nothing. */
    Manifest withFile(Manifest manifest, Path file, String text);

    /** The manifest without a file. Reads nothing. */
    Manifest withoutFile(Manifest manifest, Path file);

    /** True for a folder with a project in it, unless it is a tool's own. Reads the disk. */
    boolean holdsProject(Path place);

    /** True when a folder of that path can hold files of the project. */
    boolean mayHold(Manifest manifest, Path folder);

    /** True for what a model may import without its being a file of the project. */
    boolean isImportable(Manifest manifest, Path place);

    /** The files at a place, or below it, that the manifest was made from. */
    Set<Path> filesAt(Manifest manifest, Path place);

    /**
     * A file as it is on disk now: what to do with the manifest. Empty where there is none. Reads
     * the disk.
     */
    Optional<UnaryOperator<Manifest>> read(Manifest manifest, Path file);

    /** True when a change of the file may change the manifest. */
    boolean isInput(Manifest manifest, Path file);

    /** True when a change of the file means that the project is read anew. */
    boolean needsReload(Manifest manifest, Path file);

    /** Unique ids of the models that a request selects; empty where it cannot be told. */
    Set<String> select(Manifest manifest, RunRequest request);

    /** The same, with checks that may ask about the machine. */
    ProjectAccess with(Outside outside);

    /**
     * What is wrong with a file. Never on the loop.
     *
     * @param text of the file as it is now
     */
    List<Problem> check(Manifest manifest, Path file, String text);

    /**
     * What is wrong with any file of the project. Reads the disk.
     *
     * @param cancelCheck called now and then, from any thread; throws when nobody wants the answer
     */
    List<Problem> checkAll(Manifest manifest, Map<Path, String> open, Runnable cancelCheck);
}
