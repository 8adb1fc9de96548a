package dev.dvtls.check.rules;

import dev.dvtls.check.Outside;
import dev.dvtls.manifest.PythonModel;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a model certainly runs on this machine, with DuckDB for its session: a plain dbt project
 * may run it in a warehouse instead, with other packages and another SQL.
 */
final class RunsHere {
    private static final Set<String> ELSEWHERE =
            Set.of("pyspark", "snowflake", "bigframes", "databricks", "sedona");
    private static final Set<String> ELSEWHERE_CONFIG =
            Set.of(
                    "submission_method",
                    "packages",
                    "python_version",
                    "imports",
                    "create_notebook",
                    "snowflake_warehouse",
                    "cluster_id",
                    "job_cluster_config",
                    "use_anonymous_sproc");
    private static final Pattern ELSEWHERE_CALL =
            Pattern.compile(
                    "\\.(createDataFrame|create_dataframe|toPandas|withColumn|with_column"
                            + "|saveAsTable|save_as_table|to_snowpark|show|printSchema)\\(");
    private static final Pattern HERE =
            Pattern.compile(
                    "__model__|\\bduckdb\\b|\\.(df|pl|arrow|fetchall|fetchone|fetchmany|fetchdf|fetch_df"
                        + "|fetchnumpy|fetch_arrow_table|execute|from_query)\\(");

    private RunsHere() {}

    static boolean isCertain(CheckedFile file, PythonModel python) {
        return !runsElsewhere(file, python)
                && (HERE.matcher(file.text()).find()
                        || file.outside()
                                .importable(file.manifest())
                                .filter(RunsHere::isForDuckDb)
                                .isPresent());
    }

    /** DuckDB is there, and no adapter that would take the model elsewhere. */
    private static boolean isForDuckDb(Outside.Importable importable) {
        return importable.has("duckdb")
                && List.of("snowflake", "bigquery", "databricks", "spark").stream()
                        .noneMatch(a -> importable.missing("dbt.adapters." + a).isEmpty());
    }

    private static boolean runsElsewhere(CheckedFile file, PythonModel python) {
        boolean imports =
                python.imports().stream()
                        .anyMatch(i -> ELSEWHERE.contains(i.module().split("\\.", 2)[0]));
        boolean config =
                file.model().config().stream().anyMatch(e -> ELSEWHERE_CONFIG.contains(e.key()));
        return imports || config || ELSEWHERE_CALL.matcher(file.text()).find();
    }
}
