package dev.dvtls.check;

import dev.dvtls.manifest.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every diagnostic code. The specification's numbers where it has one, a name where not. */
public enum Code {
    DVT120("DVT120", Severity.ERROR, "ref() target not found"),
    DVT121("DVT121", Severity.ERROR, "source() target not found"),
    DVT122("DVT122", Severity.ERROR, "Bad return type"),
    DVT123("DVT123", Severity.ERROR, "Empty result"),
    DVT124("DVT124", Severity.ERROR, "Timeout"),
    DVT125("DVT125", Severity.ERROR, "Import error"),
    DVT126("DVT126", Severity.ERROR, "Runtime error"),
    SYNTAX_ERROR("syntax-error", Severity.ERROR, "Not valid Python"),
    MODEL_MISSING("model-missing", Severity.ERROR, "No model function"),
    DUPLICATE_MODEL("duplicate-model", Severity.ERROR, "More than one model function"),
    MODEL_SIGNATURE("model-signature", Severity.ERROR, "Wrong parameters of model()"),
    JINJA_IN_PYTHON("jinja-in-python", Severity.ERROR, "Jinja in Python code"),
    UNSUPPORTED_MATERIALIZATION(
            "unsupported-materialization", Severity.ERROR, "Materialization not for Python models"),
    DYNAMIC_REF("dynamic-ref", Severity.WARNING, "Upstream cannot be known"),
    DYNAMIC_CONFIG("dynamic-config", Severity.ERROR, "Config value cannot be known"),
    BAD_REF("bad-ref", Severity.ERROR, "Wrong arguments of ref() or source()"),
    DUPLICATE_NODE("duplicate-node", Severity.ERROR, "Two nodes of one name"),
    CYCLE("cycle", Severity.ERROR, "Models that read each other in a circle"),
    SELF_REF("self-ref", Severity.ERROR, "A model that reads itself"),
    BAD_CONFIG("bad-config", Severity.ERROR, "A config() call that cannot work"),
    UNKNOWN_CONFIG("unknown-config", Severity.WARNING, "A config key that looks misspelt"),
    INCREMENTAL_CALL("incremental-call", Severity.ERROR, "dbt.is_incremental called"),
    SESSION_NAME("session-name", Severity.HINT, "Another name for the session"),
    UPSTREAM_MISSING("upstream-missing", Severity.ERROR, "Upstream is not on the target yet"),
    EXTRACT_FAILED("extract-failed", Severity.ERROR, "Upstream could not be read"),
    COMPILE_FAILED("compile-failed", Severity.ERROR, "SQL model does not compile"),
    SQL_FAILED("sql-failed", Severity.ERROR, "Query of a SQL model failed"),
    LOAD_FAILED("load-failed", Severity.ERROR, "Result could not be loaded"),
    RUN_FAILED("run-failed", Severity.ERROR, "Run that could not go on"),
    PROJECT_ERROR("project-error", Severity.ERROR, "A project file that cannot be used"),
    BAD_SETTING("bad-setting", Severity.ERROR, "A setting that cannot be used"),
    UNUSED_IGNORE("unused-ignore", Severity.HINT, "A comment that silences nothing"),
    LOST_REF("lost-ref", Severity.HINT, "A reference that dbt's own reading loses"),
    UNUSED_CONFIG("unused-config", Severity.HINT, "A config that has no effect"),
    DEPRECATED_REF("deprecated-ref", Severity.HINT, "A reference to a deprecated model"),
    UNKNOWN_VAR("unknown-var", Severity.HINT, "A variable that the project does not set"),
    UNKNOWN_PROPERTIES(
            "unknown-properties", Severity.WARNING, "Properties of a node that is not there"),
    DUPLICATE_PROPERTIES("duplicate-properties", Severity.ERROR, "Two entries for one node"),
    MISSING_MODULE("missing-module", Severity.WARNING, "A module of the project that is not there"),
    UNREFERENCED_TABLE("unreferenced-table", Severity.HINT, "A model that only SQL text names"),
    SQL_SYNTAX("sql-syntax", Severity.ERROR, "SQL that DuckDB cannot parse"),
    UNKNOWN_COLUMN("unknown-column", Severity.WARNING, "A column that the table does not have");

    private final String id;
    private final Severity severity;
    private final String title;

    Code(String id, Severity severity, String title) {
        this.id = id;
        this.severity = severity;
        this.title = title;
    }

    /** The code of a name, however it is capitalized. */
    public static Optional<Code> of(String id) {
        return Stream.of(values()).filter(code -> code.id.equalsIgnoreCase(id)).findFirst();
    }

    /** Those to offer for a wrong name, nearest first; at most three. */
    public static List<String> nearest(String wrong) {
        return Nearest.of(wrong, Stream.of(values()).map(Code::id).toList());
    }

    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /** True for text that can go without a change of what runs; editors fade it. */
    public boolean isUnnecessary() {
        return this == UNUSED_IGNORE || this == UNUSED_CONFIG;
    }

    /** True for what is still right but shall not be used any more; editors strike it through. */
    public boolean isDeprecated() {
        return this == DEPRECATED_REF;
    }

    public String title() {
        return title;
    }
}
