package dev.dvtls.manifest;

import dev.dvtls.project.Project;
import dev.dvtls.project.PropertiesFile;
import dev.dvtls.project.SettingsFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A project as one immutable value: its nodes by name, its DAG. A change makes a new one. */
public interface Manifest {
    Project project();

    /** The packages under its packages folder. */
    List<Project> installed();

    /** Every enabled node of the project and its packages, by unique id. */
    Collection<Node> nodes();

    Optional<Node> node(String uniqueId);

    /** The node that a file defines (model, seed, snapshot); by absolute path. */
    Optional<Node> nodeOf(Path file);

    /** What was read of a model file, of this project or a package. */
    Optional<ModelFile> file(Path file);

    /** The model files of the project itself, by path; those of packages are not among them. */
    Collection<ModelFile> files();

    /** How the project wants to be checked. */
    SettingsFile settings();

    /** The properties files of the project itself, by path. */
    Collection<PropertiesFile> properties();

    /** The project's properties files that have an entry of a name. */
    List<PropertiesFile> describing(PropertiesFile.Section section, String name);

    /** The enabled exposures of the project itself, by unique id. Looks through all properties. */
    List<Exposure> exposures();

    /** dbt's dotted name in parts: project, folders below the model path, name. */
    List<String> fqn(Node node);

    /** The folder of a node's project or package. */
    Path rootOf(Node node);

    /** The node a reference reads, as dbt resolves it, or why there is none. */
    Resolution resolve(Reference.Target target);

    /** Names to offer for a wrong one, nearest first; at most three. */
    List<String> nearest(Reference.Target target);

    /** The text of a doc block, of this package or, where it has none so named, of another. */
    Optional<String> docBlock(String packageName, String name);

    /**
     * A description as its readers see it, doc blocks in the place of {@code {{ doc('x') }}}.
     *
     * @param packageName of the node that it is of
     */
    default String described(String packageName, String description) {
        return DocBlocks.resolve(description, (in, name) -> docBlock(in.orElse(packageName), name));
    }

    /** Unique ids of the nodes that read this one directly. */
    Set<String> readersOf(String uniqueId);

    /** Every place where a name stands, by file, then in source order. */
    List<Occurrence> occurrences(Occurrence.Named named);

    /** The names that stand in one file, in source order. */
    List<Occurrence> occurrencesIn(Path file);

    /** The names in the text of a {@code .sql} or {@code .yml} file that is not read otherwise. */
    List<Occurrence> occurrencesIn(Path file, String text);

    /** The properties file at a path. */
    Optional<PropertiesFile> properties(Path file);

    /** Properties files of the project itself that are not valid YAML: their names are unknown. */
    List<Path> unreadable();

    /** Nodes that share one name in one namespace; each group has two or more. */
    List<List<Node>> duplicates();

    /**
     * Every cycle that a node is on, as unique ids in order, the first not repeated; empty: none.
     */
    List<String> cycleThrough(String uniqueId);

    /** What is wrong with the project's own files (YAML), where known. */
    List<ProjectProblem> problems();

    /** What a target turned out to be. */
    sealed interface Resolution {}

    record Found(Node node) implements Resolution {}

    /** The node is there but switched off. */
    record Disabled(String name) implements Resolution {}

    /**
     * No such node.
     *
     * @param sourceKnown for a source: its name exists, the table does not
     */
    record NotFound(boolean sourceKnown) implements Resolution {}

    /** A SQL name that is not one of the project's: a table of the session's own. */
    record NotOurs() implements Resolution {}

    /**
     * @param line from 1, 0 when not known
     */
    record ProjectProblem(Path file, int line, int column, String message) {}
}
