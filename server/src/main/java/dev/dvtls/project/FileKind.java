package dev.dvtls.project;

/** What a file is to its project. */
public enum FileKind {
    PYTHON_MODEL,
    SQL_MODEL,
    SEED,
    SNAPSHOT,
    /** YAML with {@code models:}, {@code sources:} and the like. */
    PROPERTIES,
    /** Markdown with doc blocks, which descriptions name. */
    DOCS,
    /**
     * {@code dbt_project.yml}, {@code dvt_project.yml}, {@code .dbtignore}, {@code dvt.toml} or
     * {@code pyproject.toml} at the root.
     */
    PROJECT,
    /** Nothing that the project reads. */
    OTHER
}
