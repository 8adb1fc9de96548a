package dev.dvtls.manifest;

import dev.dvtls.python.Expr;
import dev.dvtls.python.ParsedFile;
import dev.dvtls.python.Stmt;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.Set;

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
 * @param sqlTexts for each call of a method of the session that takes SQL, the texts that it may be
 *     given
 * @param madeTables names that the session's SQL may read because the model itself makes them: by
 *     {@code CREATE}, by {@code register()} and the like, or a variable; in lower case
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
        List<VarCall> vars,
        List<List<SqlText>> sqlTexts,
        Set<String> madeTables) {

    /**
     * Something named {@code model} that is no model.
     *
     * @param what for the message: "a class", "a lambda", "an async function", ...
     */
    public record NotModel(Span name, String what) {}

    /**
     * @param module dotted name, without leading dots
     * @param names what {@code from module import ...} takes of it; empty for {@code import module}
     * @param span the module's name; of a {@code from} the whole statement
     * @param guarded under {@code try/except ImportError}, {@code suppress(ImportError)} or a
     *     condition (a version, a platform, {@code TYPE_CHECKING}): it may not have to be there
     */
    public record ImportedModule(
            String module, List<String> names, int level, Span span, boolean guarded) {}

    /**
     * @param literal a {@link Expr.Str} or {@link Expr.FString}
     */
    public record SqlString(Expr literal) {}

    /**
     * SQL that the model's own session is given, as one way through the model makes it.
     *
     * @param sql {@link #HOLE} stands for each part that only the run knows
     * @param places where its parts stand in the file
     */
    public record SqlText(String sql, Places places) {
        /** Leads from a text to where it was written. */
        public interface Places {
            /** The place in the file of a range of the text. */
            Span source(Span range);
        }

        /** A letter, so that a name with a hole in it stays one name. */
        public static final char HOLE = '\uA66E';
    }

    /**
     * @param span the name, without its quotes
     */
    public record VarCall(String name, Span span) {}

    /**
     * @param message what is wrong, a sentence
     */
    public record WrongCall(Span span, String message) {}
}
