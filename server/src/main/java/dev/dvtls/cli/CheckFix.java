package dev.dvtls.cli;

import dev.dvtls.cache.AtomicFiles;
import dev.dvtls.check.Checker;
import dev.dvtls.check.Outside;
import dev.dvtls.check.Problem;
import dev.dvtls.check.SureFixes;
import dev.dvtls.check.SureFixes.Mended;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.text.LineIndex;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Mends the files of a project on disk, or shows how they would change. */
final class CheckFix {
    private final Path here;
    private final Predicate<Problem> wanted;
    private final Outside outside;

    CheckFix(Path here, Predicate<Problem> wanted, Outside outside) {
        this.outside = outside;
        this.here = here;
        this.wanted = wanted;
    }

    /** The changes as one diff. Writes nothing. */
    String diff(CheckResult found) {
        StringBuilder all = new StringBuilder();
        for (ProjectManifest project : found.projects()) {
            for (Path file : mendable(found, project)) {
                String before = found.texts().get(file);
                String name = Located.shown(file, here).replaceFirst("^/", "");
                all.append(UnifiedDiff.of(name, before, mended(project, file, before).text()));
            }
        }
        return all.toString();
    }

    /**
     * Writes the files and says what changed.
     *
     * @return how many problems were mended
     */
    int write(CheckResult found, PrintWriter out) {
        int count = 0;
        for (ProjectManifest project : found.projects()) {
            ProjectManifest now = project;
            for (Path file : mendable(found, project)) {
                String before = found.texts().get(file);
                SureFixes.Result result = mended(now, file, before);
                if (!result.mended().isEmpty()) {
                    write(file, before, result.text());
                    now = now.withText(file, result.text());
                    result.mended().forEach(m -> out.println(line(file, m)));
                    count += result.mended().size();
                }
            }
        }
        return count;
    }

    private static Set<Path> mendable(CheckResult found, ProjectManifest project) {
        Set<Path> files = new LinkedHashSet<>();
        for (Located located : found.located()) {
            Problem problem = located.problem();
            if (project.file(problem.file()).isPresent()
                    && problem.fixes().stream().anyMatch(f -> f.sure())) {
                files.add(problem.file());
            }
        }
        return files;
    }

    private SureFixes.Result mended(ProjectManifest project, Path file, String text) {
        return SureFixes.of(
                text, now -> Checker.check(project.withText(file, now), file, outside), wanted);
    }

    private String line(Path file, Mended mended) {
        int line = LineIndex.of(mended.before()).line(mended.offset()) + 1;
        return "Fixed "
                + Located.shown(file, here)
                + ":"
                + line
                + ": "
                + mended.problem().code().id()
                + ": "
                + mended.fix().title();
    }

    /** Models are UTF-8; a byte order mark is part of the text. Permissions and links stay. */
    private void write(Path file, String before, String after) {
        String shown = Located.shown(file, here);
        try {
            Path real = file.toRealPath();
            byte[] bytes = Files.readAllBytes(real);
            if (!Arrays.equals(bytes, before.getBytes(StandardCharsets.UTF_8))) {
                throw CommandFailed.failed(
                        shown + " changed while it was checked. Check it again.");
            }
            Optional<PosixFileAttributeView> posix =
                    Optional.ofNullable(
                            Files.getFileAttributeView(real, PosixFileAttributeView.class));
            Set<PosixFilePermission> permissions =
                    posix.isPresent() ? posix.get().readAttributes().permissions() : Set.of();
            AtomicFiles.write(real, after.getBytes(StandardCharsets.UTF_8));
            if (posix.isPresent()) {
                posix.get().setPermissions(permissions);
            }
        } catch (IOException e) {
            throw CommandFailed.failed(
                    shown + " cannot be written: " + e.getMessage() + ". Check its permissions.");
        }
    }
}
