package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.junit.jupiter.api.Test;

/** docs/features.md has a row for everything that the server offers, and for nothing else. */
class FeaturesPageTest {
    private static final Path PAGE = Path.of("../docs/features.md");
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");

    /** A client that can do what any of our capabilities asks for. */
    private static final String ABLE =
            """
            {"workspace": {
               "diagnostics": {"refreshSupport": true},
               "fileOperations": {"willRename": true, "didRename": true}},
             "textDocument": {
               "diagnostic": {},
               "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
               "rename": {"prepareSupport": true}}}
            """;

    /** {@code hoverProvider}, {@code workspace.fileOperations.willRename} and the like. */
    private static Set<String> offered() {
        var gson = new MessageJsonHandler(Map.of()).getGson();
        ClientFeatures client = ClientFeatures.of(gson.fromJson(ABLE, ClientCapabilities.class));
        JsonObject all = gson.toJsonTree(Capabilities.of(client)).getAsJsonObject();
        Set<String> names = new TreeSet<>();
        all.keySet().stream().filter(key -> key.endsWith("Provider")).forEach(names::add);
        JsonObject workspace = all.getAsJsonObject("workspace");
        for (Map.Entry<String, JsonElement> entry : workspace.entrySet()) {
            if (entry.getKey().equals("fileOperations")) {
                entry.getValue()
                        .getAsJsonObject()
                        .keySet()
                        .forEach(key -> names.add("workspace.fileOperations." + key));
            } else {
                names.add("workspace." + entry.getKey());
            }
        }
        return names;
    }

    /** The cells of each row, the heading left out. */
    private static List<List<String>> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
                .toList();
    }

    @Test
    void eachCapabilityHasARowAndEachRowACapability() throws IOException {
        Set<String> written = new TreeSet<>();
        for (List<String> row : rows()) {
            Matcher name = NAME.matcher(row.get(1));
            while (name.find()) {
                written.add(name.group(1));
            }
        }
        assertThat(written).isEqualTo(offered());
    }

    @Test
    void eachRowSaysSomethingOfEachKindOfFile() throws IOException {
        assertThat(rows()).isNotEmpty();
        for (List<String> row : rows()) {
            assertThat(row).as("%s", row).hasSize(5).noneMatch(String::isBlank);
        }
    }
}
