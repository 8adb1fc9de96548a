package dev.dvtls.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The project's {@code .env}: {@code KEY=value} lines, as python-dotenv reads them. */
final class DotEnv {
    private static final Pattern LINE =
            Pattern.compile(
                    "^\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=[ \\t]*"
                            + "(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\r\\n]*?))"
                            + "[ \\t]*(?:(?<=[\\s'\"])#.*)?$",
                    Pattern.MULTILINE);

    private DotEnv() {}

    /** Empty when there is no file. */
    static Map<String, String> read(Path projectDir) throws IOException {
        Path file = projectDir.resolve(".env");
        return Files.isRegularFile(file) ? parse(Files.readString(file)) : Map.of();
    }

    static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher matcher = LINE.matcher(text);
        while (matcher.find()) {
            String value =
                    Optional.ofNullable(matcher.group(2))
                            .map(quoted -> quoted.replace("\\'", "'").replace("\\\\", "\\"))
                            .or(() -> Optional.ofNullable(matcher.group(3)).map(DotEnv::unescape))
                            .or(() -> Optional.ofNullable(matcher.group(4)).map(String::strip))
                            .orElse("");
            values.put(matcher.group(1), value);
        }
        return values;
    }

    private static String unescape(String quoted) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '\\' && i + 1 < quoted.length()) {
                char escaped = quoted.charAt(++i);
                text.append(
                        switch (escaped) {
                            case 'n' -> "\n";
                            case 't' -> "\t";
                            case 'r' -> "\r";
                            case '"', '\\', '\'', '$' -> String.valueOf(escaped);
                            default -> "\\" + escaped;
                        });
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
