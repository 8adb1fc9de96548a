package dev.dvtls.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The lines of a {@code .dbtignore}: patterns in the manner of gitignore. */
public final class IgnoreRules {
    public static final IgnoreRules NONE = new IgnoreRules(List.of());

    private record Rule(Pattern pattern, boolean directoriesOnly, boolean keeps) {}

    private final List<Rule> rules;

    private IgnoreRules(List<Rule> rules) {
        this.rules = rules;
    }

    public static IgnoreRules of(String text) {
        List<Rule> rules = new ArrayList<>();
        for (String line : text.split("\\R")) {
            String pattern = line.startsWith("\uFEFF") ? line.substring(1) : line;
            pattern = pattern.endsWith("\\ ") ? pattern : pattern.stripTrailing();
            if (pattern.isEmpty() || pattern.startsWith("#")) {
                continue;
            }
            boolean keeps = pattern.startsWith("!");
            pattern = keeps ? pattern.substring(1) : pattern;
            boolean directories = pattern.endsWith("/");
            pattern = directories ? pattern.substring(0, pattern.length() - 1) : pattern;
            compiled(pattern).ifPresent(p -> rules.add(new Rule(p, directories, keeps)));
        }
        return new IgnoreRules(List.copyOf(rules));
    }

    /** A pattern that cannot be read is passed over, as git does. */
    private static Optional<Pattern> compiled(String glob) {
        try {
            return Optional.of(Pattern.compile(regex(glob)));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a file or a folder above it is named.
     *
     * @param path relative to the folder of the {@code .dbtignore}, with {@code /}
     */
    public boolean ignores(String path, boolean directory) {
        if (rules.isEmpty()) {
            return false;
        }
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (decide(path.substring(0, slash), true)) {
                return true;
            }
        }
        return decide(path, directory);
    }

    private boolean decide(String path, boolean directory) {
        boolean ignored = false;
        for (Rule rule : rules) {
            if ((directory || !rule.directoriesOnly()) && rule.pattern().matcher(path).matches()) {
                ignored = !rule.keeps();
            }
        }
        return ignored;
    }

    private static String regex(String glob) {
        boolean anchored = glob.indexOf('/') >= 0;
        String pattern = glob.startsWith("/") ? glob.substring(1) : glob;
        StringBuilder regex = new StringBuilder(anchored ? "" : "(?:.*/)?");
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (pattern.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (pattern.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '[' && pattern.indexOf(']', i + 2) > 0) {
                int end = pattern.indexOf(']', i + 2);
                String set =
                        pattern.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[");
                regex.append('[')
                        .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                        .append(']');
                i = end;
            } else {
                boolean escape = c == '\\' && i + 1 < pattern.length();
                regex.append(Pattern.quote(String.valueOf(escape ? pattern.charAt(++i) : c)));
            }
        }
        return regex.toString();
    }
}
