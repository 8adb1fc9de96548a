package dev.dvtls.lsp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Serves the files of a site to this machine alone. */
public final class DocsServer implements AutoCloseable {
    private static final Map<String, String> FILES =
            Map.of(
                    "", "text/html; charset=utf-8",
                    "index.html", "text/html; charset=utf-8",
                    "docs.css", "text/css; charset=utf-8",
                    "docs.js", "text/javascript; charset=utf-8",
                    "data.js", "text/javascript; charset=utf-8",
                    "code.js", "text/javascript; charset=utf-8");

    private static final int SECRET_BITS = 128;

    private final HttpServer server;
    private final String top;
    private final AtomicBoolean invited = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private DocsServer(HttpServer server, String top) {
        this.server = server;
        this.top = top;
    }

    /**
     * @param port 0: a free one
     */
    public static DocsServer start(Path folder, int port) throws IOException {
        return start(folder, port, "/");
    }

    /** At a free port, under a path that other programs of this machine cannot guess. */
    static DocsServer hidden(Path folder) throws IOException {
        String secret = new BigInteger(SECRET_BITS, new SecureRandom()).toString(36);
        return start(folder, 0, "/" + secret + "/");
    }

    private static DocsServer start(Path folder, int port, String top) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        DocsServer made = new DocsServer(server, top);
        server.createContext("/", exchange -> made.answer(folder, exchange));
        server.start();
        return made;
    }

    /**
     * The next who asks is led to the path, whatever was asked: code-server opens a port, and loses
     * the path.
     */
    void invite() {
        invited.set(true);
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + top;
    }

    private void answer(Path folder, HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean ours = path.startsWith(top);
            if (invited.getAndSet(false) && !ours) {
                exchange.getResponseHeaders().set("Location", "." + top);
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            String name = ours ? path.substring(top.length()) : "none of ours";
            String type = FILES.getOrDefault(name, "");
            if (type.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] content =
                    Files.readAllBytes(folder.resolve(name.isEmpty() ? "index.html" : name));
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Cache-Control", "no-cache");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    /** Until it is closed. */
    public void await() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        server.stop(0);
        closed.countDown();
    }
}
