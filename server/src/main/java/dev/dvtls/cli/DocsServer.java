package dev.dvtls.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Serves the files of a site to this machine alone. */
final class DocsServer implements AutoCloseable {
    private static final Map<String, String> FILES =
            Map.of(
                    "index.html", "text/html; charset=utf-8",
                    "docs.css", "text/css; charset=utf-8",
                    "docs.js", "text/javascript; charset=utf-8",
                    "data.js", "text/javascript; charset=utf-8",
                    "code.js", "text/javascript; charset=utf-8");

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);

    private DocsServer(HttpServer server) {
        this.server = server;
    }

    /**
     * @param port 0: a free one
     */
    static DocsServer start(Path folder, int port) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> answer(folder, exchange));
        server.start();
        return new DocsServer(server);
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private static void answer(Path folder, HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String name = path.equals("/") ? "index.html" : path.substring(1);
            String type = FILES.getOrDefault(name, "");
            if (type.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] content = Files.readAllBytes(folder.resolve(name));
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Cache-Control", "no-cache");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    /** Until it is closed. */
    void await() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        server.stop(0);
        closed.countDown();
    }
}
