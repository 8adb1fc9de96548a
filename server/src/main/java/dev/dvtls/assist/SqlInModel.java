package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.manifest.Reference.Target;
import dev.dvtls.sql.JinjaBlock;
import dev.dvtls.sql.JinjaText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The SQL of a {@code .sql} model, as {@link SqlText}: its Jinja is blank, its refs are words. */
final class SqlInModel {
    private static final Pattern COMMENT = Pattern.compile("(?s)\\{#.*?(?:#\\}|\\z)");
    private static final Pattern CALL =
            Pattern.compile(
                    "\\s*(ref|source)\\s*\\(\\s*([\"'])([^\"']*)\\2\\s*"
                            + "(?:,\\s*([\"'])([^\"']*)\\4\\s*)?"
                            + "(?:,\\s*v(?:ersion)?\\s*=\\s*[\"']?([^\"')]+)[\"']?\\s*)?\\)\\s*");

    private SqlInModel() {}

    /** Empty when the cursor is in a comment of the template. */
    static Optional<SqlText> of(Manifest manifest, String text, int cursor) {
        StringBuilder sql = new StringBuilder(text);
        Map<Integer, Node> nodes = new HashMap<>();
        for (JinjaBlock block : JinjaText.read(text).blocks()) {
            boolean value = block.kind() == JinjaBlock.Kind.VALUE;
            fill(sql, block.start(), block.end(), value ? SqlText.HOLE : ' ');
            if (value) {
                target(text.substring(block.contentStart(), block.contentEnd()))
                        .filter(target -> manifest.resolve(target) instanceof Manifest.Found)
                        .map(target -> ((Manifest.Found) manifest.resolve(target)).node())
                        .ifPresent(node -> nodes.put(block.start(), node));
            }
        }
        Matcher comment = COMMENT.matcher(sql.toString());
        while (comment.find()) {
            if (comment.start() < cursor && cursor < comment.end()) {
                return Optional.empty();
            }
            fill(sql, comment.start(), comment.end(), ' ');
        }
        return Optional.of(new SqlText(sql.toString(), 0, Map.copyOf(nodes)));
    }

    private static Optional<Target> target(String code) {
        Matcher call = CALL.matcher(code);
        if (!call.matches()) {
            return Optional.empty();
        }
        Optional<String> second = Optional.ofNullable(call.group(5));
        String first = call.group(3);
        if (call.group(1).equals("source")) {
            return second.map(table -> new SourceTarget(first, table));
        }
        return Optional.of(
                new ModelTarget(
                        second.map(name -> first),
                        second.orElse(first),
                        Optional.ofNullable(call.group(6)).map(String::strip)));
    }

    private static void fill(StringBuilder sql, int from, int to, char with) {
        for (int i = from; i < Math.min(to, sql.length()); i++) {
            sql.setCharAt(i, with);
        }
    }
}
