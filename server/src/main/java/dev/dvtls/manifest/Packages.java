package dev.dvtls.manifest;

import dev.dvtls.project.ProjectLayout;
import java.nio.file.Path;
import java.util.List;

/**
 * A project and its installed packages.
 *
 * @param root the project itself
 * @param installed under its packages folder
 */
record Packages(ProjectLayout root, List<ProjectLayout> installed) {

    /** The project or package that a file belongs to. */
    ProjectLayout layoutOf(Path file) {
        for (ProjectLayout layout : installed) {
            if (file.startsWith(layout.project().root())) {
                return layout;
            }
        }
        return root;
    }

    String nameOf(Path file) {
        return layoutOf(file).project().name();
    }

    boolean isOwn(Path file) {
        return installed.stream().noneMatch(p -> file.startsWith(p.project().root()));
    }
}
