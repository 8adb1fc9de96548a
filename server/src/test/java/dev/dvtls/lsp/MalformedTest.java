package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.run.Engine;
import dev.dvtls.run.env.Machine;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as no library sends them: each is answered or dropped, and the next is served. */
@Timeout(30)
class MalformedTest {
    private static final int INVALID_PARAMS = -32602;

    private OutputStream toServer;
    private DataInputStream fromServer;

    @BeforeEach
    void serve() throws IOException {
        Pipe up = Pipe.open();
        Pipe down = Pipe.open();
        toServer = Channels.newOutputStream(up.sink());
        fromServer = new DataInputStream(Channels.newInputStream(down.source()));
        InputStream in = Channels.newInputStream(up.source());
        OutputStream out = Channels.newOutputStream(down.sink());
        Engine none =
                (request, events, cancellation) -> {
                    throw new Engine.RunRefused("no engine in this test");
                };
        Thread serving =
                new Thread(
                        () ->
                                DvtServer.serve(
                                        in,
                                        out,
                                        new DvtServer.Surroundings(
                                                OneRule.projects(),
                                                none,
                                                Machine.here(),
                                                Path.of("none"),
                                                code -> {})),
                        "malformed test server");
        serving.setDaemon(true);
        serving.start();
    }

    @AfterEach
    void hangUp() throws IOException {
        toServer.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "textDocument/completion|{}",
                "textDocument/hover|{'textDocument': {}, 'position': {'line': 0, 'character': 0}}",
                "textDocument/definition|{'textDocument': {'uri': 'file:///m.py'}}",
                "textDocument/codeLens|{'textDocument': {}}",
                "textDocument/codeAction|{'textDocument': {'uri': 'file:///m.py'}}",
                "textDocument/diagnostic|{'textDocument': {'uri': null}}",
                "workspace/executeCommand|{}",
                "workspace/executeCommand|{'command': 'dvt.run', 'arguments': [{'select': [[]]}]}",
                "workspace/executeCommand|{'command': 'dvt.run', 'arguments': [{'select': {}}]}",
                "textDocument/completion|null",
            })
    void aRequestThatLacksSomethingIsRefused(String method, String params) throws Exception {
        initialize();
        send("\"id\": 2, \"method\": \"" + method + "\", \"params\": " + params.replace('\'', '"'));
        JsonObject answer = receive();
        assertThat(answer.get("id").getAsInt()).isEqualTo(2);
        assertThat(answer.getAsJsonObject("error").get("code").getAsInt())
                .as(answer.toString())
                .isEqualTo(INVALID_PARAMS);
        assertThat(answer.getAsJsonObject("error").get("message").getAsString())
                .contains(method(method));
        assertServes();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "textDocument/didOpen|{'textDocument': {'uri': 'file:///n.py'}}",
                "textDocument/didChange|{'textDocument': {'uri': 'untitled:m'}, 'contentChanges':"
                        + " null}",
                "textDocument/didChange|{'textDocument': {'uri': 'untitled:m'}, 'contentChanges':"
                        + " [{}]}",
                "textDocument/didChange|{'textDocument': {'uri': 'untitled:m', 'version': 2},"
                        + " 'contentChanges': [{'range': {'start': {'line': -1, 'character': -1},"
                        + " 'end': {'line': 0, 'character': 0}}, 'text': ''}]}",
                "textDocument/didClose|{}",
                "workspace/didChangeWatchedFiles|{'changes': [{'uri': null, 'type': 1}]}",
                "a/newMethod|{}",
            })
    void aNotificationThatLacksSomethingIsDroppedInSilence(String method, String params)
            throws Exception {
        initialize();
        send(
                "\"method\": \"textDocument/didOpen\", \"params\": {\"textDocument\": {\"uri\":"
                        + " \"untitled:m\", \"languageId\": \"python\", \"version\": 1, \"text\":"
                        + " \"a\"}}");
        send("\"method\": \"" + method + "\", \"params\": " + params.replace('\'', '"'));
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"capabilities\": {}, \"workspaceFolders\": [null]}"})
    void initializeCanBeSentAgainWhenItWasRefused(String params) throws Exception {
        send("\"id\": 7, \"method\": \"initialize\", \"params\": " + params);
        assertThat(receive().getAsJsonObject("error").get("code").getAsInt())
                .isEqualTo(INVALID_PARAMS);
        initialize();
        assertServes();
    }

    @Test
    void aPositionBeforeTheTextIsItsStart() throws Exception {
        initialize();
        send(
                "\"method\": \"textDocument/didOpen\", \"params\": {\"textDocument\": {\"uri\":"
                        + " \"untitled:m\", \"languageId\": \"python\", \"version\": 1, \"text\":"
                        + " \"a\"}}");
        send(
                "\"id\": 3, \"method\": \"textDocument/completion\", \"params\": {\"textDocument\":"
                        + " {\"uri\": \"untitled:m\"}, \"position\": {\"line\": -4, \"character\":"
                        + " 9}}");
        assertThat(receive().has("result")).isTrue();
    }

    private static String method(String method) {
        return method.equals("workspace/executeCommand") ? "" : method;
    }

    private void initialize() throws IOException {
        send("\"id\": 1, \"method\": \"initialize\", \"params\": {\"capabilities\": {}}");
        assertThat(receive().has("result")).isTrue();
        send("\"method\": \"initialized\", \"params\": {}");
    }

    /** The next message is the answer: nothing was logged in between. */
    private void assertServes() throws IOException {
        send("\"id\": 99, \"method\": \"dvt/projects\", \"params\": {}");
        JsonObject answer = receive();
        assertThat(answer.has("result")).as(answer.toString()).isTrue();
        assertThat(answer.get("id").getAsInt()).isEqualTo(99);
    }

    private void send(String fields) throws IOException {
        byte[] body = ("{\"jsonrpc\": \"2.0\", " + fields + "}").getBytes(StandardCharsets.UTF_8);
        toServer.write(
                ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        toServer.write(body);
        toServer.flush();
    }

    private JsonObject receive() throws IOException {
        StringBuilder header = new StringBuilder();
        while (header.indexOf("\r\n\r\n") < 0) {
            header.append((char) fromServer.readUnsignedByte());
        }
        int at = header.indexOf("Content-Length:") + "Content-Length:".length();
        byte[] body =
                new byte[Integer.parseInt(header.substring(at, header.indexOf("\r", at)).trim())];
        fromServer.readFully(body);
        return JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject();
    }
}
