package dev.dvtls.manifest;

import dev.dvtls.project.FileKind;
import dev.dvtls.project.FileProblem;
import dev.dvtls.project.Project;
import dev.dvtls.project.ProjectLayout;
import dev.dvtls.project.PropertiesFile;
import dev.dvtls.project.PropertiesReader;
import dev.dvtls.project.SettingsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The manifest of a project on disk. Immutable; the {@code with} methods make a new one in time
 * that does not grow with the project, and share everything that the change does not touch.
 */
public final class ProjectManifest implements Manifest {
    private final Packages packages;
    private final Indexes indexes;
    private final List<FileProblem> projectProblems;
    private final SettingsFile settings;
    private final Cycles cycles;

    private final Offered offered;

    /** The names that a reference can have, of the kinds of which there are many. */
    private record Offered(Once<Nearest> ref, Once<Nearest> session) {
        static Offered of(Indexes indexes) {
            return new Offered(
                    new Once<>(() -> Nearest.among(names(indexes, Keys.REF))),
                    new Once<>(() -> Nearest.among(names(indexes, Keys.SESSION))));
        }
    }

    private ProjectManifest(
            Packages packages,
            Indexes indexes,
            List<FileProblem> projectProblems,
            SettingsFile settings,
            Cycles cycles,
            Offered offered) {
        this.packages = packages;
        this.indexes = indexes;
        this.projectProblems = projectProblems;
        this.settings = settings;
        this.cycles = cycles;
        this.offered = offered;
    }

    static ProjectManifest of(
            Packages packages,
            Indexes indexes,
            List<FileProblem> projectProblems,
            SettingsFile settings) {
        return new ProjectManifest(
                packages,
                indexes,
                List.copyOf(projectProblems),
                settings,
                cycles(indexes),
                Offered.of(indexes));
    }

    private static Cycles cycles(Indexes indexes) {
        return new Cycles(
                id ->
                        Optional.ofNullable(indexes.nodes().get(id))
                                .map(Node::dependsOn)
                                .orElse(Set.of()));
    }

    /** What a file is to this project, by its path. */
    public FileKind kindOf(Path file) {
        return packages.root().kindOf(file);
    }

    public ProjectLayout layout() {
        return packages.root();
    }

    /**
     * The manifest with another text of a file, as an editor has it. A file that the project does
     * not read changes nothing; {@link FileKind#PROJECT} asks for a new load.
     */
    public ProjectManifest withText(Path file, String text) {
        return switch (kindOf(file)) {
            case PYTHON_MODEL -> withFile(file, PythonModelReader.read(file, text));
            case SQL_MODEL, SNAPSHOT -> withFile(file, SqlModelReader.read(file, text));
            case PROPERTIES -> withProperties(PropertiesReader.read(file, text));
            case SEED -> withSeed(file);
            case DOCS ->
                    changed(
                            edit ->
                                    edit.put(
                                            new SourceFile.Docs(file, DocBlocks.read(text)),
                                            List.of()));
            case PROJECT ->
                    SettingsFile.isSettings(project().root(), file)
                            ? withSettings(SettingsFile.read(file, text))
                            : this;
            case OTHER -> this;
        };
    }

    /** {@code pyproject.toml} counts only where there is no {@code dvt.toml}. */
    private ProjectManifest withSettings(SettingsFile read) {
        boolean counts =
                read.file().equals(settings.file())
                        || ProjectLayout.SETTINGS_FILES
                                .get(0)
                                .equals(String.valueOf(read.file().getFileName()))
                        || settings.equals(SettingsFile.none(project().root()));
        return counts
                ? new ProjectManifest(packages, indexes, projectProblems, read, cycles, offered)
                : this;
    }

    public ProjectManifest withFile(Path file, ModelFile model) {
        SourceFile source =
                kindOf(file) == FileKind.SNAPSHOT
                        ? new SourceFile.Snapshots(model, SqlModelReader.snapshots(model.text()))
                        : new SourceFile.Model(model);
        return changed(edit -> edit.put(source, List.of()));
    }

    public ProjectManifest withProperties(PropertiesFile properties) {
        return changed(
                edit -> edit.put(SourceFile.Properties.of(properties), properties.problems()));
    }

    public ProjectManifest withSeed(Path file) {
        return changed(edit -> edit.put(new SourceFile.Seed(file), List.of()));
    }

    public ProjectManifest withoutFile(Path file) {
        return changed(edit -> edit.remove(file));
    }

    /** Takes several changes at once; each node is looked at once. */
    ProjectManifest changed(Consumer<ManifestEdit> change) {
        ManifestEdit edit = new ManifestEdit(packages, indexes);
        change.accept(edit);
        Indexes after = edit.finish();
        return new ProjectManifest(
                packages,
                after,
                projectProblems,
                settings,
                edit.linked() == 0 ? cycles : cycles(after),
                edit.keepsNames() ? offered : Offered.of(after));
    }

    static Node link(Definition definition, Resolver resolver) {
        Node bare = definition.node();
        Set<String> upstream = new TreeSet<>();
        for (Reference.Target target : definition.reads()) {
            resolver.id(target, bare.packageName()).ifPresent(upstream::add);
        }
        return new Node(
                bare.uniqueId(),
                bare.kind(),
                bare.packageName(),
                bare.name(),
                bare.sourceName(),
                bare.version(),
                bare.file(),
                bare.place(),
                bare.config(),
                bare.tags(),
                bare.description(),
                bare.columns(),
                java.util.Collections.unmodifiableSet(upstream),
                bare.relation(),
                bare.deprecationDate());
    }

    private Resolver resolver() {
        return new Resolver(indexes, project().name());
    }

    @Override
    public Project project() {
        return packages.root().project();
    }

    @Override
    public Collection<Node> nodes() {
        return indexes.nodes().values();
    }

    @Override
    public List<Project> installed() {
        return packages.installed().stream().map(ProjectLayout::project).toList();
    }

    @Override
    public Optional<Node> node(String uniqueId) {
        return Optional.ofNullable(indexes.nodes().get(uniqueId));
    }

    @Override
    public Optional<Node> nodeOf(Path file) {
        if (indexes.sources().get(file) instanceof SourceFile.Properties) {
            return Optional.empty(); // one of many that it speaks of
        }
        return indexes.definitions(file).all().stream()
                .filter(Definition::enabled)
                .findFirst()
                .map(this::linked);
    }

    /** The node of a definition; of a duplicate, which {@code node} does not give, its own. */
    private Node linked(Definition definition) {
        return node(definition.node().uniqueId())
                .filter(node -> node.file().equals(definition.node().file()))
                .filter(node -> node.place() == definition.node().place())
                .orElseGet(() -> link(definition, resolver()));
    }

    @Override
    public Optional<ModelFile> file(Path file) {
        SourceFile source = indexes.sources().get(file);
        if (source instanceof SourceFile.Model model) {
            return Optional.of(model.file());
        }
        return source instanceof SourceFile.Snapshots snapshots
                ? Optional.of(snapshots.file())
                : Optional.empty();
    }

    /** The files at a place, or below it, that were read. */
    public Set<Path> filesAt(Path place) {
        return indexes.sources().containsKey(place)
                ? Set.of(place)
                : indexes.sources().keySet().stream()
                        .filter(file -> file.startsWith(place))
                        .collect(Collectors.toSet());
    }

    @Override
    public Collection<ModelFile> files() {
        List<ModelFile> files = new ArrayList<>();
        for (SourceFile source : indexes.sources().values()) {
            if (source instanceof SourceFile.Model model && packages.isOwn(model.path())) {
                files.add(model.file());
            }
        }
        return files;
    }

    @Override
    public SettingsFile settings() {
        return settings;
    }

    @Override
    public Optional<PropertiesFile> properties(Path file) {
        return indexes.sources().get(file) instanceof SourceFile.Properties properties
                ? Optional.of(properties.file())
                : Optional.empty();
    }

    @Override
    public Collection<PropertiesFile> properties() {
        List<PropertiesFile> files = new ArrayList<>();
        for (SourceFile source : indexes.sources().values()) {
            if (source instanceof SourceFile.Properties properties
                    && packages.isOwn(properties.path())) {
                files.add(properties.file());
            }
        }
        return files;
    }

    @Override
    public List<Exposure> exposures() {
        return Exposure.in(properties(), project().name(), resolver());
    }

    @Override
    public List<PropertiesFile> describing(PropertiesFile.Section section, String name) {
        return indexes.speakers().get(Keys.properties(section, project().name(), name)).stream()
                .map(indexes.sources()::get)
                .filter(SourceFile.Properties.class::isInstance)
                .map(source -> ((SourceFile.Properties) source).file())
                .toList();
    }

    @Override
    public List<String> fqn(Node node) {
        List<String> fqn = new ArrayList<>();
        fqn.add(node.packageName());
        fqn.addAll(Names.folders(packages.layoutOf(node.file()), node.file()));
        if (node.kind() == Node.Kind.SNAPSHOT && file(node.file()).isPresent()) {
            fqn.add(Names.stem(node.file()));
        }
        node.sourceName().ifPresent(fqn::add);
        fqn.add(node.name());
        node.version().ifPresent(v -> fqn.add("v" + v));
        return List.copyOf(fqn);
    }

    @Override
    public Path rootOf(Node node) {
        return packages.layoutOf(node.file()).project().root();
    }

    @Override
    public Resolution resolve(Reference.Target target) {
        return resolver().resolve(target);
    }

    @Override
    public List<String> nearest(Reference.Target target) {
        if (target instanceof Reference.ModelTarget model) {
            return offered.ref().get().to(model.name());
        } else if (target instanceof Reference.SourceTarget source) {
            return indexes.provides().has(Keys.sourceName(source.source()))
                    ? Nearest.of(source.table(), names(indexes, Keys.table(source.source(), "")))
                    : Nearest.of(source.source(), names(indexes, Keys.SOURCE_NAME));
        }
        return offered.session().get().to(((Reference.SessionTable) target).name());
    }

    /** The names that enabled nodes have under keys of a prefix. */
    private static Set<String> names(Indexes indexes, String prefix) {
        Set<String> names = new LinkedHashSet<>();
        for (String key : indexes.provides().keys(prefix)) {
            List<Definition> defined = indexes.defined(key);
            if (defined.isEmpty() || defined.stream().anyMatch(Definition::enabled)) {
                names.add(key.substring(prefix.length()));
            }
        }
        return names;
    }

    @Override
    public Optional<String> docBlock(String packageName, String name) {
        return DocBlocks.find(indexes, packages, packageName, name);
    }

    @Override
    public Set<String> readersOf(String uniqueId) {
        return new LinkedHashSet<>(indexes.readers().get(uniqueId));
    }

    @Override
    public List<Occurrence> occurrences(Occurrence.Named named) {
        return new Occurrences(indexes, packages).of(named);
    }

    @Override
    public List<Occurrence> occurrencesIn(Path file) {
        return new Occurrences(indexes, packages).in(file);
    }

    @Override
    public List<Occurrence> occurrencesIn(Path file, String text) {
        return new Occurrences(indexes, packages)
                .in(
                        file,
                        file.toString().endsWith(".sql")
                                ? new SourceFile.Model(SqlModelReader.read(file, text))
                                : SourceFile.Properties.of(PropertiesReader.read(file, text)));
    }

    @Override
    public List<Path> unreadable() {
        return indexes.problems().keySet().stream()
                .filter(file -> properties(file).filter(p -> !p.readable()).isPresent())
                .toList();
    }

    @Override
    public List<List<Node>> duplicates() {
        List<List<Node>> groups = new ArrayList<>();
        for (String key : indexes.crowded()) {
            Duplicates.under(key, indexes, packages)
                    .forEach(group -> groups.add(group.stream().map(this::linked).toList()));
        }
        return groups;
    }

    @Override
    public List<String> cycleThrough(String uniqueId) {
        return cycles.through(uniqueId);
    }

    @Override
    public List<ProjectProblem> problems() {
        List<FileProblem> all = new ArrayList<>(projectProblems);
        indexes.problems().values().forEach(all::addAll);
        return all.stream()
                .map(p -> new ProjectProblem(p.file(), p.line(), p.column(), p.message()))
                .toList();
    }

    /** Entries below {@code models:} of the project's own properties files that no model has. */
    public List<Unclaimed> unclaimed() {
        return Unclaimed.in(indexes, packages);
    }
}
