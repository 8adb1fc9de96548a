package dev.dvtls.project;

import dev.dvtls.project.PropertiesFile.Mention;
import dev.dvtls.project.PropertiesFile.Name;
import dev.dvtls.project.PropertiesFile.Role;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where the texts of a properties file name nodes: a value that is {@code ref('x')} or {@code
 * source('s', 't')} (exposures, relationships, unit tests), the same inside {@code {{ }}}, and the
 * model of a unit test. Prose that mentions {@code ref('x')} is prose.
 */
public final class YamlMentions {
    private static final Pattern CALL = Pattern.compile("(?<![\\w.])(ref|source)\\s*\\(");
    private static final Pattern ARGUMENT =
            Pattern.compile(
                    "\\s*(?:(\\w+)\\s*=\\s*)?"
                            + "(?:(''|\\\\\"|'|\")([^'\"\\\\\\r\\n]*)\\2|([\\w.]+))\\s*([,)])");
    private static final Pattern BLOCK =
            Pattern.compile("\\{#.*?#\\}|\\{\\{.*?\\}\\}|\\{%.*?%\\}", Pattern.DOTALL);
    private static final Pattern BEFORE_ALONE = Pattern.compile("\\s*(?:\\{\\{-?\\s*)?");
    private static final Pattern AFTER_ALONE = Pattern.compile("\\s*(?:-?\\}\\}\\s*)?");
    private static final Set<String> VERSION = Set.of("v", "version");

    private final String text;
    private final List<Mention> found = new ArrayList<>();
    private final Set<YamlNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlMentions(String text) {
        this.text = text;
    }

    /** In the order of the text; what is not a call that can be read is none. */
    public static List<Mention> of(YamlNode root, String text) {
        YamlMentions mentions = new YamlMentions(text);
        mentions.unitTests(root);
        if (CALL.matcher(text).find()) {
            mentions.read(root);
        }
        return mentions.found.stream().distinct().toList();
    }

    private void unitTests(YamlNode root) {
        if (root.at("unit_tests").orElse(root) instanceof YamlNode.Sequence tests) {
            for (YamlNode test : tests.items()) {
                if (test.at("model").orElse(test) instanceof YamlNode.Scalar model
                        && model.isPresent()) {
                    Name name = new Name(model.text(), content(model));
                    found.add(new Mention(false, List.of(name), Optional.empty(), Role.UNIT_TEST));
                }
            }
        }
    }

    private void read(YamlNode node) {
        if (!seen.add(node)) {
            return; // an alias: it stands once
        }
        if (node instanceof YamlNode.Mapping mapping) {
            mapping.entries().forEach(entry -> read(entry.value()));
        } else if (node instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(this::read);
        } else if (node instanceof YamlNode.Scalar scalar) {
            scalar(content(scalar));
        }
    }

    private void scalar(Span content) {
        String value = content.of(text).strip();
        Matcher call = CALL.matcher(value);
        if (call.lookingAt() && value.endsWith(")")) {
            calls(content, content);
            return;
        }
        Matcher block = BLOCK.matcher(text).region(content.start(), content.end());
        while (block.find()) {
            if (text.charAt(block.start() + 1) != '#') {
                calls(new Span(block.start(), block.end()), content);
            }
        }
    }

    private void calls(Span region, Span content) {
        Matcher call = CALL.matcher(text).region(region.start(), region.end());
        call.useTransparentBounds(true);
        while (call.find()) {
            arguments(call, region.end(), content);
        }
    }

    private void arguments(Matcher call, int to, Span content) {
        boolean source = call.group(1).equals("source");
        List<Name> names = new ArrayList<>();
        Optional<String> version = Optional.empty();
        Matcher argument = ARGUMENT.matcher(text);
        int at = call.end();
        boolean more = true;
        while (more) {
            argument.region(at, to);
            if (!argument.lookingAt()) {
                return; // not a call that can be read: unfinished, or with a computed name
            }
            boolean quoted = argument.group(3) != null;
            boolean isVersion = argument.group(1) != null && VERSION.contains(argument.group(1));
            if (isVersion) {
                version = Optional.of(quoted ? argument.group(3) : argument.group(4));
            } else if (quoted) {
                Span span = new Span(argument.start(3), argument.end(3));
                names.add(new Name(argument.group(3), span));
            } else {
                return;
            }
            at = argument.end();
            more = argument.group(5).equals(",");
        }
        if (source ? names.size() == 2 : !names.isEmpty() && names.size() <= 2) {
            boolean alone =
                    is(BEFORE_ALONE, content.start(), call.start())
                            && is(AFTER_ALONE, at, content.end());
            Role role = alone ? Role.ALONE : Role.INSIDE;
            found.add(new Mention(source, List.copyOf(names), version, role));
        }
    }

    private boolean is(Pattern pattern, int from, int to) {
        return pattern.matcher(text).region(from, to).matches();
    }

    /** Without its quotes. */
    private Span content(YamlNode.Scalar scalar) {
        return scalar.content(text);
    }
}
