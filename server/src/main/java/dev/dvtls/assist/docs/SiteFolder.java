package dev.dvtls.assist.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes a site into a folder, beside nothing that it has not written. */
public final class SiteFolder {
    /** Of the page, as the front end's build leaves them. */
    static final List<String> ASSETS = List.of("index.html", "docs.css", "docs.js");

    /** A word of our page's head: how we know it again. */
    private static final String OURS = "<meta name=\"generator\" content=\"dvt-ls docs\"";

    private static final String TITLE = "<title>Documentation</title>";

    private SiteFolder() {}

    /** What the site cannot be written for; the message is a sentence with the next step. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * @param assets the folder that the front end's build has filled
     * @return the page to open
     */
    public static Path write(Path assets, Path folder, Site site) throws Refused {
        try {
            return written(assets, folder, site);
        } catch (IOException e) {
            throw new Refused(
                    "The site could not be written to "
                            + folder
                            + ": "
                            + e
                            + ". Check the folder, or name another: `dvt-ls docs --output"
                            + " FOLDER`.");
        }
    }

    private static Path written(Path assets, Path folder, Site site) throws IOException, Refused {
        for (String asset : ASSETS) {
            if (!Files.isRegularFile(assets.resolve(asset))) {
                throw new Refused(
                        "The page of the documentation site is not built: "
                                + assets.resolve(asset)
                                + " is missing. Build it with `npm ci && npm run docs-site` in"
                                + " vscode-extension (Node 20).");
            }
        }
        Path page = folder.resolve("index.html");
        if (Files.exists(page) && !Files.readString(page).contains(OURS)) {
            throw new Refused(
                    page
                            + " is not a page of `dvt-ls docs`: nothing was written. Move it away,"
                            + " or name another folder: `dvt-ls docs --output FOLDER`.");
        }
        Files.createDirectories(folder);
        write(folder, "data.js", site.data());
        write(folder, "code.js", site.code());
        for (String asset : ASSETS) {
            String text = Files.readString(assets.resolve(asset));
            write(folder, asset, asset.equals("index.html") ? titled(text, site.title()) : text);
        }
        return page;
    }

    private static String titled(String page, String title) {
        String escaped = title.replace("&", "&amp;").replace("<", "&lt;");
        return page.replace(TITLE, "<title>" + escaped + "</title>");
    }

    /** A page that is just being read is the old one or the new one. */
    private static void write(Path folder, String name, String text) throws IOException {
        Path aside = folder.resolve("." + name + ".new");
        Files.writeString(aside, text);
        Files.move(aside, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
