package dev.dvtls.manifest;

import dev.dvtls.manifest.Occurrence.Named;
import dev.dvtls.manifest.Occurrence.OfNode;
import dev.dvtls.manifest.Occurrence.OfSource;
import dev.dvtls.manifest.Occurrence.Role;
import dev.dvtls.project.PropertiesFile;
import dev.dvtls.project.PropertiesFile.Described;
import dev.dvtls.project.PropertiesFile.Name;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the names that stand in one file, each with what it means there. Used once. */
final class NameReader {
    private final Indexes indexes;
    private final Resolver resolver;
    private final Path file;
    private final String packageName;
    private final List<Occurrence> found = new ArrayList<>();

    NameReader(Indexes indexes, Packages packages, Path file) {
        this.indexes = indexes;
        this.resolver = new Resolver(indexes, packages.root().project().name());
        this.file = file;
        this.packageName = packages.nameOf(file);
    }

    List<Occurrence> found() {
        return found;
    }

    void file(ModelFile model) {
        wholeFile(
                model.python().stream()
                        .flatMap(python -> python.models().stream())
                        .map(function -> function.name().span())
                        .findFirst());
        model.references().forEach(r -> reference(r, Optional.of(model.text())));
        model.python().stream()
                .flatMap(python -> python.sqlNames().stream())
                .forEach(r -> reference(r, Optional.of(model.text())));
    }

    /** The node that the file as a whole is. */
    void wholeFile(Optional<Span> function) {
        for (Definition definition : indexes.definitions(file).all()) {
            if (definition.enabled()) {
                add(
                        function.orElse(Span.NONE),
                        new OfNode(definition.node().uniqueId()),
                        Role.FILE,
                        false);
            }
        }
    }

    void snapshots(SourceFile.Snapshots snapshots) {
        for (Definition definition : indexes.definitions(file).all()) {
            Node node = definition.node();
            Span name = new Span(node.place(), node.place() + node.name().length());
            if (definition.enabled()) {
                add(name, new OfNode(node.uniqueId()), Role.ENTRY, true);
            }
        }
        String text = snapshots.file().text();
        snapshots.file().references().forEach(r -> reference(r, Optional.of(text)));
    }

    void properties(SourceFile.Properties properties) {
        for (Described described : properties.file().described()) {
            for (Definition definition : indexes.defined(Keys.ref(described.name().text()))) {
                Node node = definition.node();
                if (definition.enabled()
                        && node.packageName().equals(packageName)
                        && Occurrences.section(node.kind())
                                .equals(Optional.of(described.section()))) {
                    entry(described.name(), new OfNode(node.uniqueId()));
                }
            }
        }
        for (PropertiesFile.Source source : properties.file().sources()) {
            String name = source.name().text();
            entry(source.name(), new OfSource(packageName, name));
            for (PropertiesFile.Table table : source.tables()) {
                String id = "source." + packageName + "." + name + "." + table.name().text();
                if (indexes.nodes().containsKey(id)) {
                    entry(table.name(), new OfNode(id));
                }
            }
        }
        properties.references().forEach(r -> reference(r, Optional.empty()));
    }

    private void entry(Name name, Named named) {
        add(name.span(), named, Role.ENTRY, name.span().length() == name.text().length());
    }

    /**
     * @param text of the file, where it is kept; without it a name is taken as it stands when it is
     *     as long as it shall be (only an escape would be longer)
     */
    private void reference(Reference reference, Optional<String> text) {
        Optional<String> id = resolver.id(reference.target(), packageName);
        int last = reference.names().size() - 1;
        if (last < 0) {
            return;
        }
        if (reference.target() instanceof Reference.ModelTarget model) {
            id.ifPresent(i -> name(reference, last, model.name(), new OfNode(i), text));
        } else if (reference.target() instanceof Reference.SourceTarget source) {
            sourceOf(id, source.source())
                    .ifPresent(s -> name(reference, 0, source.source(), s, text));
            if (last > 0) {
                id.ifPresent(i -> name(reference, last, source.table(), new OfNode(i), text));
            }
        } else if (reference.target() instanceof Reference.SessionTable table) {
            id.map(indexes.nodes()::get).ifPresent(node -> table(reference, table, node, text));
        }
    }

    /** {@code source__table}: two names in one word. */
    private void table(
            Reference reference, Reference.SessionTable table, Node node, Optional<String> text) {
        String source = node.sourceName().orElse("");
        OfSource owner = new OfSource(node.packageName(), source);
        OfNode itself = new OfNode(node.uniqueId());
        Optional<Span> exact = exact(reference, 0, table.name(), text);
        Span whole = exact.orElse(reference.names().get(0));
        int end = whole.end();
        Span first = exact.map(s -> new Span(s.start(), s.start() + source.length())).orElse(whole);
        Span second = exact.map(s -> new Span(end - node.name().length(), end)).orElse(whole);
        add(first, owner, Role.SQL_STRING, exact.isPresent());
        add(second, itself, Role.SQL_STRING, exact.isPresent());
    }

    /** The source that a reference means: its table's, else the nearest of that name. */
    private Optional<Named> sourceOf(Optional<String> id, String source) {
        Optional<Node> table = id.map(indexes.nodes()::get);
        if (table.isPresent()) {
            return Optional.of(new OfSource(table.get().packageName(), source));
        }
        List<String> packages =
                indexes.defined(Keys.sourceName(source)).stream()
                        .map(d -> d.node().packageName())
                        .toList();
        return packages.contains(packageName)
                ? Optional.of(new OfSource(packageName, source))
                : packages.stream().findFirst().map(name -> new OfSource(name, source));
    }

    private void name(
            Reference reference, int index, String name, Named named, Optional<String> text) {
        Optional<Span> exact = exact(reference, index, name, text);
        Span span = exact.orElse(reference.names().get(index));
        add(span, named, role(reference, span), exact.isPresent());
    }

    private static Role role(Reference reference, Span span) {
        return switch (reference.origin()) {
            case SESSION_SQL -> Role.SQL_STRING;
            case YAML -> Role.YAML;
            case CALL -> reference.span().touches(span.start()) ? Role.CALL : Role.LITERAL;
        };
    }

    /** DuckDB compares names without case: a table's name may be written in another one. */
    private static Optional<Span> exact(
            Reference reference, int index, String name, Optional<String> text) {
        return reference
                .written()
                .get(index)
                .filter(
                        span ->
                                text.map(whole -> span.of(whole).equalsIgnoreCase(name))
                                        .orElse(span.length() == name.length()));
    }

    private void add(Span span, Named named, Role role, boolean exact) {
        found.add(new Occurrence(file, span, named, role, exact));
    }
}
