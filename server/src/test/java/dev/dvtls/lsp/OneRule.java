package dev.dvtls.lsp;

import dev.dvtls.check.Code;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Reference;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * One rule, so that tests of the server say nothing of the real ones: a ref must lead somewhere.
 * The gate holds every check back until it opens.
 */
final class OneRule {
    volatile CountDownLatch gate = new CountDownLatch(0);

    /** Opens when a check has begun. */
    final CountDownLatch begun = new CountDownLatch(1);

    static ProjectAccess projects() {
        return new OneRule().access();
    }

    ProjectAccess access() {
        return new DiskProjects((manifest, file, outside) -> check(manifest, file));
    }

    private List<Problem> check(Manifest manifest, Path file) {
        begun.countDown();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Problem> problems = new ArrayList<>();
        for (Reference reference :
                manifest.file(file).map(ModelFile::references).orElse(List.of())) {
            if (manifest.resolve(reference.target()) instanceof Manifest.NotFound
                    && reference.target() instanceof Reference.ModelTarget target) {
                Span name = reference.names().get(0);
                problems.add(
                        new Problem(
                                file,
                                name,
                                Code.DVT120,
                                Severity.ERROR,
                                "no model " + target.name(),
                                "",
                                List.of(
                                        new Fix(
                                                "Replace with a",
                                                List.of(new Fix.Edit(name, "a")))),
                                List.of(new Problem.Related(file, new Span(0, 0), "here"))));
            }
        }
        return problems;
    }
}
