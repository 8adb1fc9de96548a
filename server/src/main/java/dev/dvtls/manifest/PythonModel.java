package dev.dvtls.manifest;

import dev.dvtls.python.Expr;
import dev.dvtls.python.ParsedFile;
import dev.dvtls.python.Stmt;
import dev.dvtls.text.Span;
import java.util.List;

/**
 * The Python side of a {@code .py} model.
 *
 * @param parsed the tree, for rules that look at it
 * @param models every top-level {@code def model} (also under {@code if}, {@code try}, {@code
 *     with})
 * @param notModels what has that name but does not count, with the reason
 * @param imports modules imported anywhere, with places
 * @param sqlStrings SQL given to the session, with places
 * @param sqlNames places in session SQL that name a node and read nothing more: the model's own
 *     previous result, the table of a column ({@code __model__x.id})
 * @param jinja places of {@code {{ }}}/{@code {% %}} in code (not in strings or comments)
 * @param incrementalCalls places where {@code dbt.is_incremental} is called like a function
 * @param wrongCalls calls of {@code dbt.config()} and {@code dbt.config.get()} that cannot work
 * @param lostCalls calls of {@code dbt.ref()} and {@code dbt.source()} that dbt's own reading
 *     passes over
 * @param vars calls of {@code dbt.var()} that give no default
 */
public record PythonModel(
        ParsedFile parsed,
        List<Stmt.FunctionDef> models,
        List<NotModel> notModels,
        List<ImportedModule> imports,
        List<SqlString> sqlStrings,
        List<Reference> sqlNames,
        List<Span> jinja,
        List<Span> incrementalCalls,
        List<WrongCall> wrongCalls,
        List<Span> lostCalls,
        List<VarCall> vars) {

    /**
     * Something named {@code model} that is no model.
     *
     * @param what for the message: "a class", "a lambda", "an async function", ...
     */
    public record NotModel(Span name, String what) {}

    /**
     * @param module dotted name, without leading dots
     * @param guarded under {@code try/except ImportError} or {@code TYPE_CHECKING}
     */
    public record ImportedModule(String module, int level, Span span, boolean guarded) {}

    /**
     * @param literal a {@link Expr.Str} or {@link Expr.FString}
     */
    public record SqlString(Expr literal) {}

    /**
     * @param span the name, without its quotes
     */
    public record VarCall(String name, Span span) {}

    /**
     * @param message what is wrong, a sentence
     */
    public record WrongCall(Span span, String message) {}
}
