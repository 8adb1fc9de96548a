package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.lsp4j.ConfigurationParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.ShowDocumentParams;
import org.eclipse.lsp4j.ShowDocumentResult;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.WorkDoneProgressCreateParams;

/**
 * The editor's side in tests: keeps what the server sends until a test takes it. What is left at
 * the end fails the test; log lines and progress need not be taken.
 */
final class TestClient implements Client {
    /**
     * Long, for hundreds of tests share a small machine; a test that is well waits for none of it.
     */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Object> received = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private final List<ProgressParams> progress = new ArrayList<>();
    private volatile JsonObject settings = new JsonObject();
    private final Map<String, JsonObject> folderSettings = new ConcurrentHashMap<>();

    /** A request of the server to ask for diagnostics again. */
    record Refresh() {}

    /** A request of the server to ask for semantic tokens again. */
    record TokenRefresh() {}

    /** A request of the server to ask for inlay hints again. */
    record HintRefresh() {}

    /** A request of the server to ask for code lenses again. */
    record LensRefresh() {}

    /** A notification that the graph which was asked for has changed. */
    record GraphChanged() {}

    void settings(JsonObject now) {
        settings = now;
    }

    /** Of one folder alone. */
    void settings(String folderUri, JsonObject now) {
        folderSettings.put(folderUri, now);
    }

    /** Takes the first message of a type that fits; waits for it. */
    <T> T take(Class<T> type, Predicate<T> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (received) {
            while (true) {
                for (Object message : received) {
                    if (type.isInstance(message) && wanted.test(type.cast(message))) {
                        received.remove(message);
                        return type.cast(message);
                    }
                }
                waitUntil(end, type.getSimpleName() + " that fits; received: " + received);
            }
        }
    }

    /** Takes all messages of a type, in their order; waits a little when there are none. */
    <T> List<T> takeAll(Class<T> type, Duration atMost) {
        synchronized (received) {
            if (received.stream().noneMatch(type::isInstance) && !atMost.isZero()) {
                try {
                    received.wait(atMost.toMillis());
                } catch (InterruptedException e) {
                    throw new AssertionError("interrupted", e);
                }
            }
            List<T> all = received.stream().filter(type::isInstance).map(type::cast).toList();
            received.removeAll(all);
            return all;
        }
    }

    /** Waits until a log line contains the text. */
    String awaitLog(String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (received) {
            while (true) {
                for (String line : logged) {
                    if (line.contains(text)) {
                        return line;
                    }
                }
                waitUntil(end, "log line with '" + text + "'; logged: " + logged);
            }
        }
    }

    /** Waits until the progress messages so far are as wanted. */
    List<ProgressParams> awaitProgress(Predicate<List<ProgressParams>> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (received) {
            while (!wanted.test(progress)) {
                waitUntil(end, "progress; so far: " + progress);
            }
            return List.copyOf(progress);
        }
    }

    private void waitUntil(long end, String what) {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw new AssertionError("The server did not send a " + what);
        }
        try {
            received.wait(Math.max(1, left / 1_000_000));
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Messages that no test has taken. */
    List<Object> untaken() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** Forgets what is there: for tests that are about something else. */
    void drain() {
        synchronized (received) {
            received.clear();
        }
    }

    private void add(Object message) {
        synchronized (received) {
            received.add(message);
            received.notifyAll();
        }
    }

    @Override
    public void runEvent(JsonObject event) {
        add(event);
    }

    @Override
    public void graphChanged(JsonObject none) {
        add(new GraphChanged());
    }

    @Override
    public void telemetryEvent(Object object) {
        add(object);
    }

    @Override
    public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
        add(diagnostics);
    }

    @Override
    public void showMessage(MessageParams message) {
        add(message);
    }

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams p) {
        add(p);
        return CompletableFuture.completedFuture(new MessageActionItem());
    }

    @Override
    public void logMessage(MessageParams message) {
        synchronized (received) {
            logged.add(message.getMessage());
            received.notifyAll();
        }
    }

    @Override
    public CompletableFuture<Void> registerCapability(RegistrationParams params) {
        add(params);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<Object>> configuration(ConfigurationParams params) {
        return CompletableFuture.completedFuture(
                params.getItems().stream()
                        .map(item -> String.valueOf(item.getScopeUri()))
                        .map(scope -> (Object) folderSettings.getOrDefault(scope, settings))
                        .toList());
    }

    @Override
    public CompletableFuture<Void> createProgress(WorkDoneProgressCreateParams params) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void notifyProgress(ProgressParams params) {
        synchronized (received) {
            progress.add(params);
            received.notifyAll();
        }
    }

    @Override
    public CompletableFuture<Void> refreshSemanticTokens() {
        add(new TokenRefresh());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> refreshInlayHints() {
        add(new HintRefresh());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> refreshCodeLenses() {
        add(new LensRefresh());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<ShowDocumentResult> showDocument(ShowDocumentParams params) {
        add(params);
        return CompletableFuture.completedFuture(new ShowDocumentResult(true));
    }

    @Override
    public CompletableFuture<Void> refreshDiagnostics() {
        add(new Refresh());
        return CompletableFuture.completedFuture(null);
    }
}
