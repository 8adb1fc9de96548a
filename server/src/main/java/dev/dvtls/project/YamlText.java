package dev.dvtls.project;

import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML with places. A template ({@code {{ }}}) that is not quoted counts as a text that is
 * not known yet, though strict YAML refuses it.
 */
public final class YamlText {
    private static final Pattern TEMPLATE =
            Pattern.compile("\\{\\{.*?\\}\\}|\\{%.*?%\\}|\\{#.*?#\\}", Pattern.DOTALL);

    /**
     * @param root empty for an empty document, and when there is a problem
     */
    public record Result(Optional<YamlNode> root, List<FileProblem> problems) {}

    private final String text;
    private final boolean masked;
    private final int[] offsets;
    private final IdentityHashMap<Node, YamlNode> converted = new IdentityHashMap<>();
    private final Scalars scalars = new Scalars();

    private YamlText(String text, boolean masked) {
        this.text = text;
        this.masked = masked;
        this.offsets = offsets(text);
    }

    /** Never throws: what cannot be read is a problem with its line and column. */
    public static Result read(Path file, String text) {
        try {
            return new Result(new YamlText(text, false).convert(compose(text)), List.of());
        } catch (YAMLException first) {
            String masked = mask(text);
            if (!masked.equals(text)) {
                try {
                    return new Result(new YamlText(text, true).convert(compose(masked)), List.of());
                } catch (YAMLException second) {
                    return failed(file, text, second);
                }
            }
            return failed(file, text, first);
        }
    }

    private static Result failed(Path file, String text, YAMLException e) {
        if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            Mark mark = marked.getProblemMark();
            return problem(file, mark.getLine() + 1, mark.getColumn() + 1, marked.getProblem());
        }
        if (e instanceof org.yaml.snakeyaml.reader.ReaderException reader) {
            int at = Math.min(Math.max(reader.getPosition(), 0), text.length());
            LineIndex.Position place = LineIndex.of(text).position(at, LineIndex.Encoding.UTF_32);
            return problem(
                    file, place.line() + 1, place.column() + 1, "a character that YAML forbids");
        }
        String message = e.getMessage();
        return problem(file, 0, 0, message == null ? "it cannot be read" : message);
    }

    private static Result problem(Path file, int line, int column, String what) {
        return new Result(
                Optional.empty(),
                List.of(new FileProblem(file, line, column, "Not valid YAML: " + what + ".")));
    }

    private static Optional<Node> compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return Optional.ofNullable(new Yaml(options).compose(new StringReader(text)));
    }

    /** Templates replaced by as many letters, comments and statements by blanks. */
    private static String mask(String text) {
        StringBuilder masked = new StringBuilder(text);
        Matcher template = TEMPLATE.matcher(text);
        while (template.find()) {
            boolean value = text.startsWith("{{", template.start());
            for (int i = template.start(); i < template.end(); i++) {
                char c = text.charAt(i);
                if (c != '\n' && c != '\r') {
                    masked.setCharAt(i, value ? 'j' : ' ');
                } else if (value) {
                    masked.setCharAt(i, 'j'); // a template over two lines is one word too
                }
            }
        }
        return masked.toString();
    }

    /** SnakeYAML counts code points; where a text has surrogates this gives the offsets. */
    private static int[] offsets(String text) {
        int points = text.codePointCount(0, text.length());
        if (points == text.length()) {
            return new int[0];
        }
        int[] offsets = new int[points + 1];
        int at = 0;
        for (int i = 0; i < points; i++) {
            offsets[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        offsets[points] = at;
        return offsets;
    }

    private int offset(Mark mark) {
        int index = mark.getIndex();
        int at = offsets.length == 0 ? index : offsets[Math.min(index, offsets.length - 1)];
        return Math.min(at, text.length());
    }

    private Span span(Node node) {
        int start = offset(node.getStartMark());
        return new Span(start, Math.max(start, offset(node.getEndMark())));
    }

    private Optional<YamlNode> convert(Optional<Node> root) {
        return root.map(this::convert);
    }

    private YamlNode convert(Node node) {
        YamlNode known = converted.get(node);
        if (known != null) {
            return known;
        }
        // An alias inside its own anchor has no end: it reads as nothing.
        converted.put(node, new YamlNode.Scalar(span(node), "", YamlNull.NULL));
        YamlNode made;
        if (node instanceof MappingNode mapping) {
            made = mapping(mapping);
        } else if (node instanceof SequenceNode sequence) {
            made =
                    new YamlNode.Sequence(
                            span(node), sequence.getValue().stream().map(this::convert).toList());
        } else {
            made = scalar((ScalarNode) node);
        }
        converted.put(node, made);
        return made;
    }

    private YamlNode mapping(MappingNode node) {
        Span span = span(node);
        List<YamlNode.Entry> entries = new ArrayList<>();
        for (NodeTuple tuple : node.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                YamlNode value = convert(tuple.getValueNode());
                if (key.getTag().equals(Tag.MERGE)) {
                    entries.addAll(0, merged(value));
                } else {
                    entries.add(new YamlNode.Entry(scalar(key), value));
                }
            } else if (span.of(text).startsWith("{{")) {
                return new YamlNode.Scalar(span, span.of(text), span.of(text)); // {{ template }}
            }
        }
        return new YamlNode.Mapping(span, List.copyOf(entries));
    }

    private static List<YamlNode.Entry> merged(YamlNode value) {
        if (value instanceof YamlNode.Mapping one) {
            return one.entries();
        }
        List<YamlNode.Entry> entries = new ArrayList<>();
        if (value instanceof YamlNode.Sequence many) {
            many.items().forEach(item -> entries.addAll(0, merged(item))); // earlier ones win
        }
        return entries;
    }

    private YamlNode.Scalar scalar(ScalarNode node) {
        Span span = span(node);
        if (masked && YamlNode.isTemplate(span.of(text))) {
            String source = span.of(text).strip();
            return new YamlNode.Scalar(span, source, source);
        }
        return new YamlNode.Scalar(span, node.getValue(), scalars.value(node));
    }

    /** YAML 1.1's types, as PyYAML reads them for dbt. */
    private static final class Scalars extends SafeConstructor {
        Scalars() {
            super(new LoaderOptions());
        }

        Object value(ScalarNode node) {
            Object value;
            try {
                value = constructObject(node);
            } catch (YAMLException | NumberFormatException e) {
                return node.getValue(); // a tag of somebody's own
            }
            if (value == null) {
                return YamlNull.NULL;
            } else if (value instanceof Integer i) {
                return i.longValue();
            } else if (value instanceof Long
                    || value instanceof Double
                    || value instanceof Boolean) {
                return value;
            } else if (value instanceof BigInteger || value instanceof Date) {
                return node.getValue();
            }
            return value instanceof String ? value : node.getValue();
        }
    }
}
