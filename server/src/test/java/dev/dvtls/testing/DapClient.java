package dev.dvtls.testing;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A small client of the Debug Adapter Protocol: what an editor does, one thing after another. */
public final class DapClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final List<JsonObject> unseen = new ArrayList<>();
    private int sequence;

    public DapClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Attaches with a breakpoint, and lets the model run. */
    public void start(Path file, int line) throws IOException {
        request("initialize", Map.of("adapterID", "dvt"));
        // debugpy passes over an attach without arguments.
        int attach = send("attach", Map.of("justMyCode", true));
        event("initialized");
        request(
                "setBreakpoints",
                Map.of(
                        "source",
                        Map.of("path", file.toString()),
                        "breakpoints",
                        List.of(Map.of("line", line))));
        request("configurationDone", Map.of());
        answer(attach);
    }

    /** Waits until it stops: the frames, as {@code name file:line}. */
    public List<String> stopped() throws IOException {
        int thread = event("stopped").get("threadId").getAsInt();
        List<String> frames = new ArrayList<>();
        for (JsonObject frame :
                objects(request("stackTrace", Map.of("threadId", thread)), "stackFrames")) {
            frames.add(
                    frame.get("name").getAsString()
                            + " "
                            + Path.of(frame.getAsJsonObject("source").get("path").getAsString())
                                    .getFileName()
                            + ":"
                            + frame.get("line").getAsInt());
        }
        return frames;
    }

    public void goOn() throws IOException {
        request("continue", Map.of("threadId", 1));
    }

    public JsonObject request(String command, Map<String, ?> arguments) throws IOException {
        return answer(send(command, arguments));
    }

    /** The next event of a name. */
    public JsonObject event(String name) throws IOException {
        return body(next("event", message -> text(message, "event").equals(name)));
    }

    private JsonObject answer(int request) throws IOException {
        JsonObject answer =
                next("response", message -> message.get("request_seq").getAsInt() == request);
        if (!answer.get("success").getAsBoolean()) {
            throw new AssertionError(answer);
        }
        return body(answer);
    }

    private int send(String command, Map<String, ?> arguments) throws IOException {
        JsonObject message = new JsonObject();
        message.addProperty("seq", ++sequence);
        message.addProperty("type", "request");
        message.addProperty("command", command);
        message.add("arguments", new Gson().toJsonTree(arguments));
        byte[] content = message.toString().getBytes(StandardCharsets.UTF_8);
        out.write(
                ("Content-Length: " + content.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        out.write(content);
        out.flush();
        return sequence;
    }

    /** What fits among the messages that nobody has asked for yet, else of those that come. */
    private JsonObject next(String type, java.util.function.Predicate<JsonObject> fits)
            throws IOException {
        for (JsonObject message : unseen) {
            if (text(message, "type").equals(type) && fits.test(message)) {
                unseen.remove(message);
                return message;
            }
        }
        while (true) {
            JsonObject message = read();
            if (text(message, "type").equals(type) && fits.test(message)) {
                return message;
            }
            unseen.add(message);
        }
    }

    private JsonObject read() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readByte());
        }
        byte[] content = new byte[Integer.parseInt(head.toString().replaceAll("\\D", ""))];
        in.readFully(content);
        return JsonParser.parseString(new String(content, StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    private static JsonObject body(JsonObject message) {
        return message.get("body") instanceof JsonObject body ? body : new JsonObject();
    }

    private static String text(JsonObject message, String key) {
        return message.has(key) ? message.get(key).getAsString() : "";
    }

    private static List<JsonObject> objects(JsonObject from, String key) {
        List<JsonObject> all = new ArrayList<>();
        JsonArray items = from.getAsJsonArray(key);
        items.forEach(item -> all.add(item.getAsJsonObject()));
        return all;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
