package dev.dvtls.check;

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
    PROJECT_ERROR("project-error", Severity.ERROR, "A project file that cannot be used");

    private final String id;
    private final Severity severity;
    private final String title;

    Code(String id, Severity severity, String title) {
        this.id = id;
        this.severity = severity;
        this.title = title;
    }

    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    public String title() {
        return title;
    }
}
