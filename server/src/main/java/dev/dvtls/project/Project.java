package dev.dvtls.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A project as its {@code dbt_project.yml} (or {@code dvt_project.yml}) describes it.
 *
 * @param root the folder that holds the file, absolute
 * @param profile name of the profile in {@code profiles.yml}
 * @param modelPaths and the other paths: folders relative to the root, as written
 * @param docPaths where files with doc blocks are looked for
 * @param models the {@code models:} tree of default configs, plain YAML values
 * @param seeds the {@code seeds:} tree; the others likewise
 * @param packagesPath folder of installed packages, {@code dbt_packages} when not said
 * @param hooks which of {@code on-run-start} and {@code on-run-end} say something
 * @param dispatch where {@code adapter.dispatch} looks for a package's macros, plain YAML values
 */
public record Project(
        Path root,
        Path file,
        String name,
        String profile,
        List<String> modelPaths,
        List<String> seedPaths,
        List<String> snapshotPaths,
        List<String> macroPaths,
        List<String> docPaths,
        String targetPath,
        Map<String, Object> vars,
        Map<String, Object> models,
        Map<String, Object> seeds,
        Map<String, Object> snapshots,
        Map<String, Object> sources,
        String packagesPath,
        List<String> hooks,
        List<Object> dispatch) {}
