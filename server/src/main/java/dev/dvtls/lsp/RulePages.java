package dev.dvtls.lsp;

import dev.dvtls.check.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The page of each rule, as a file that an editor can open: they travel in the jar, so that the
 * page is of this version and needs no network. Unpacked once a process.
 */
final class RulePages {
    private static final class Unpacked {
        static final Optional<Path> FOLDER = unpack();
    }

    private RulePages() {}

    /** Empty where the pages could not be unpacked. */
    static Optional<String> uri(Code code) {
        return Unpacked.FOLDER
                .map(folder -> folder.resolve(code.id() + ".md"))
                .filter(Files::isRegularFile)
                .map(Uris::of);
    }

    private static Optional<Path> unpack() {
        List<String> names =
                Stream.concat(Stream.of("README"), Stream.of(Code.values()).map(Code::id))
                        .map(name -> name + ".md")
                        .toList();
        try {
            Path folder = Files.createTempDirectory("dvt-ls-rules");
            folder.toFile().deleteOnExit();
            for (String name : names) {
                try (InputStream page =
                        RulePages.class.getClassLoader().getResourceAsStream("rules/" + name)) {
                    if (page != null) {
                        Path file = folder.resolve(name);
                        Files.copy(page, file);
                        file.toFile().deleteOnExit();
                    }
                }
            }
            return Optional.of(folder);
        } catch (IOException e) {
            return Optional.empty(); // a diagnostic is one without its link too
        }
    }
}
