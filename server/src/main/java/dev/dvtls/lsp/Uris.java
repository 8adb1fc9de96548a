package dev.dvtls.lsp;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Between the client's URIs and paths. */
final class Uris {
    private Uris() {}

    /** The file of a {@code file:} URI; clients differ in what they escape. */
    static Optional<Path> path(String uri) {
        if (!uri.toLowerCase(Locale.ROOT).startsWith("file:")) {
            return Optional.empty();
        }
        try {
            return Optional.of(toPath(new URI(uri)));
        } catch (URISyntaxException notEscaped) {
            String plain = uri.substring("file:".length()).replaceFirst("^//", "");
            try {
                return Optional.of(toPath(new URI("file", "", plain, null)));
            } catch (URISyntaxException | IllegalArgumentException e) {
                return Optional.empty();
            }
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty();
        }
    }

    static String of(Path path) {
        String uri = path.toUri().toString();
        // Java ends the URI of a folder with a slash; editors do not.
        return uri.length() > "file:///".length() && uri.endsWith("/")
                ? uri.substring(0, uri.length() - 1)
                : uri;
    }

    private static Path toPath(URI uri) throws URISyntaxException {
        // A host (file://wsl$/..) or a query would be refused by Path.of.
        return Path.of(new URI("file", null, uri.getPath(), null)).normalize();
    }
}
