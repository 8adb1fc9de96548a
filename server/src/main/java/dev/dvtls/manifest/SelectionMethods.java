package dev.dvtls.manifest;

import dev.dvtls.manifest.Selector.UnknownSelection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands before the colon of a selection, and what each means. */
record SelectionMethods(Manifest manifest) {
    private static final List<String> METHODS =
            List.of("config", "file", "fqn", "package", "path", "resource_type", "source", "tag");

    Set<String> select(Optional<String> method, String value) throws UnknownSelection {
        String name = method.orElseGet(() -> byShape(value));
        Set<String> found =
                switch (name) {
                    case "fqn" -> where(node -> isNamed(node, value));
                    case "tag" -> where(anyOf(value, Node::tags));
                    case "path" -> where(node -> isAt(node, value));
                    case "file" -> where(node -> isFile(node, value));
                    case "source" -> where(node -> isSource(node, value));
                    case "package" ->
                            where(
                                    anyOf(
                                            value.equals("this")
                                                    ? manifest.project().name()
                                                    : value,
                                            node -> List.of(node.packageName())));
                    case "resource_type" ->
                            where(anyOf(value, node -> List.of(node.kind().word())));
                    default -> {
                        if (!name.startsWith("config.")) {
                            throw unknownMethod(name, value);
                        }
                        List<String> keys =
                                List.of(name.substring("config.".length()).split("\\."));
                        yield where(anyOf(value, node -> configTexts(node, keys)));
                    }
                };
        if (found.isEmpty() && !isPattern(value)) {
            throw nothing(name, method.isPresent(), value);
        }
        return found;
    }

    /** dbt's guess for a value without a method. */
    private static String byShape(String value) {
        if (value.indexOf('/') >= 0 || value.indexOf('\\') >= 0) {
            return "path";
        }
        return value.endsWith(".sql") || value.endsWith(".py") || value.endsWith(".csv")
                ? "file"
                : "fqn";
    }

    private Set<String> where(Predicate<Node> wanted) {
        Set<String> ids = new TreeSet<>();
        for (Node node : manifest.nodes()) {
            if (wanted.test(node)) {
                ids.add(node.uniqueId());
            }
        }
        return ids;
    }

    private static Predicate<Node> anyOf(
            String value, java.util.function.Function<Node, Collection<String>> texts) {
        Pattern pattern = glob(value);
        return node -> texts.apply(node).stream().anyMatch(t -> pattern.matcher(t).matches());
    }

    /**
     * A node's name; or the beginning of its dotted name, with or without the project; parts may
     * hold wildcards.
     */
    private boolean isNamed(Node node, String value) {
        if (node.kind() == Node.Kind.SOURCE) {
            return false; // dbt selects sources by source: alone
        }
        Pattern pattern = glob(value);
        List<String> fqn = manifest.fqn(node);
        String name = node.name();
        boolean byName =
                pattern.matcher(name).matches()
                        || node.version()
                                .map(
                                        v ->
                                                pattern.matcher(name + ".v" + v).matches()
                                                        || value.equals(name + "_v" + v))
                                .orElse(false);
        return byName
                || startsWith(fqn, value)
                || startsWith(fqn.subList(1, fqn.size()), value)
                || pattern.matcher(String.join(".", fqn)).matches();
    }

    private static boolean startsWith(List<String> fqn, String value) {
        List<String> parts = List.of(value.split("\\."));
        if (parts.size() > fqn.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!glob(parts.get(i)).matcher(fqn.get(i)).matches()) {
                return false;
            }
        }
        return true;
    }

    private String relative(Node node) {
        Path root = manifest.rootOf(node);
        Path file = node.file();
        return (file.startsWith(root) ? root.relativize(file) : file).toString().replace('\\', '/');
    }

    /** The file itself, or any folder above it. */
    private boolean isAt(Node node, String value) {
        String wanted = value.replace('\\', '/');
        wanted = wanted.startsWith("./") ? wanted.substring(2) : wanted;
        wanted = wanted.endsWith("/") ? wanted.substring(0, wanted.length() - 1) : wanted;
        Path absolute = Path.of("/").resolve(wanted);
        if (absolute.startsWith(manifest.rootOf(node)) && node.file().startsWith(absolute)) {
            return true;
        }
        Pattern pattern = glob(wanted);
        String path = relative(node);
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (pattern.matcher(path.substring(0, end)).matches()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFile(Node node, String value) {
        Path name = node.file().getFileName();
        Pattern pattern = glob(value);
        return name != null
                && node.kind() != Node.Kind.SOURCE
                && (pattern.matcher(name.toString()).matches()
                        || pattern.matcher(Names.stem(name)).matches());
    }

    /** {@code source}, {@code source.table} or {@code package.source.table}. */
    private static boolean isSource(Node node, String value) {
        if (node.sourceName().isEmpty()) {
            return false;
        }
        List<String> parts = new ArrayList<>(List.of(value.split("\\.")));
        List<String> names =
                new ArrayList<>(List.of(node.packageName(), node.sourceName().get(), node.name()));
        if (parts.size() < 3) {
            names.remove(0);
        }
        return parts.size() <= names.size() && startsWith(names, value);
    }

    private static List<String> configTexts(Node node, List<String> keys) {
        Object value = node.config();
        for (String key : keys) {
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(key)) {
                return List.of();
            }
            value = Optional.<Object>ofNullable(map.get(key)).orElse("");
        }
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().map(String::valueOf).toList();
        }
        return value instanceof Collection<?> many
                ? many.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }

    private static boolean isPattern(String value) {
        return value.indexOf('*') >= 0 || value.indexOf('?') >= 0 || value.indexOf('[') >= 0;
    }

    /** As Python's fnmatch: {@code *}, {@code ?}, {@code [abc]}. */
    private static Pattern glob(String value) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int end = c == '[' ? value.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (end > 0) {
                String set = value.substring(i + 1, end);
                boolean not = set.startsWith("!");
                regex.append(not ? "[^" : "[")
                        .append(
                                (not ? set.substring(1) : set)
                                        .replaceAll("([\\[\\]\\\\^&])", "\\\\$1"))
                        .append(']');
                i = end;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    private static UnknownSelection unknownMethod(String method, String value) {
        List<String> near = Nearest.of(method, METHODS);
        return new UnknownSelection(
                "There is no selection method '"
                        + method
                        + "' (in '"
                        + method
                        + ":"
                        + value
                        + "'). "
                        + (near.isEmpty()
                                ? "Use one of " + String.join(", ", METHODS) + "."
                                : "Did you mean '" + near.get(0) + "'?"));
    }

    private UnknownSelection nothing(String method, boolean written, String value) {
        Stream<String> names =
                switch (method) {
                    case "fqn" ->
                            nodes(n -> n.kind() != Node.Kind.SOURCE)
                                    .flatMap(
                                            n ->
                                                    Stream.of(
                                                            n.name(),
                                                            String.join(".", manifest.fqn(n))));
                    case "tag" -> nodes(n -> true).flatMap(n -> n.tags().stream());
                    case "path" ->
                            nodes(n -> true).map(this::relative).flatMap(SelectionMethods::folders);
                    case "file" -> nodes(n -> true).map(n -> relative(n).replaceAll(".*/", ""));
                    case "source" ->
                            nodes(n -> n.kind() == Node.Kind.SOURCE)
                                    .flatMap(
                                            n ->
                                                    n.sourceName().stream()
                                                            .flatMap(
                                                                    s ->
                                                                            Stream.of(
                                                                                    s,
                                                                                    s
                                                                                            + "."
                                                                                            + n
                                                                                                    .name())));
                    case "package" -> nodes(n -> true).map(Node::packageName);
                    case "resource_type" -> nodes(n -> true).map(n -> n.kind().word());
                    default ->
                            nodes(n -> true)
                                    .flatMap(
                                            n ->
                                                    configTexts(
                                                            n,
                                                            List.of(
                                                                    method.substring(
                                                                                    "config."
                                                                                            .length())
                                                                            .split("\\.")))
                                                            .stream());
                };
        List<String> near = Nearest.of(value, names.collect(Collectors.toSet()));
        return new UnknownSelection(
                "Nothing in project '"
                        + manifest.project().name()
                        + "' is selected by '"
                        + (written ? method + ":" + value : value)
                        + "'. "
                        + (near.isEmpty()
                                ? "Run `dvt-ls list` to see all names."
                                : "Nearest: " + String.join(", ", near) + "."));
    }

    private Stream<Node> nodes(Predicate<Node> wanted) {
        return manifest.nodes().stream().filter(wanted);
    }

    /** A path and every folder above it. */
    private static Stream<String> folders(String path) {
        List<String> folders = new ArrayList<>();
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            folders.add(path.substring(0, end));
        }
        return folders.stream();
    }
}
