package dev.dvtls.cli;

import dev.dvtls.lsp.StdioServer;
import dev.dvtls.run.LocalEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dvt-ls lsp}: the language server. */
@Command(
        name = "lsp",
        description = "Serves an editor over standard input and output (Language Server Protocol).",
        mixinStandardHelpOptions = true)
public final class LspCommand implements Runnable {
    @Option(
            names = "--stdio",
            description = "What is done anyway; some editors' clients always say it.")
    void stdio(boolean unused) {}

    @Override
    public void run() {
        LocalEngine engine = LocalEngine.create(true);
        StdioServer.run(engine, engine::close);
    }
}
