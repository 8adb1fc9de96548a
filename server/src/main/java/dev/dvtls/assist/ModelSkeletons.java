package dev.dvtls.assist;

import dev.dvtls.assist.Suggestion.Kind;
import dev.dvtls.manifest.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whole models for a file that has none yet. */
final class ModelSkeletons {
    private static final Pattern MODEL = Pattern.compile("(?m)^[ \\t]*(async\\s+)?def\\s+model\\b");
    private static final Pattern START = Pattern.compile("(def[ \\t]+)?\\w*");
    private static final Pattern REST = Pattern.compile("\\w*[ \\t]*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{\\d+:([^}]*)\\}|\\$\\d+");

    private ModelSkeletons() {}

    private record Skeleton(String label, String detail, String snippet) {}

    private static final List<Skeleton> ALL =
            List.of(
                    new Skeleton(
                            "def model",
                            "a model of another model's rows, with pandas",
                            """
                            def model(dbt, session):
                                dbt.config(materialized="${1:table}")

                                df = dbt.ref("${2:upstream}").df()
                                $0
                                return df
                            """),
                    new Skeleton(
                            "def model: API",
                            "rows of a REST API",
                            """
                            import os

                            import pandas as pd
                            import requests


                            def model(dbt, session):
                                dbt.config(materialized="table")

                                response = requests.get(
                                    "${1:https://api.example.com/users}",
                                    headers={"Authorization": f"Bearer {os.environ['${2:API_KEY}']}"},
                                    timeout=60,
                                )
                                response.raise_for_status()
                                return pd.DataFrame(response.json()["${3:data}"])
                            """),
                    new Skeleton(
                            "def model: paginated API",
                            "all pages of a REST API",
                            """
                            import os

                            import pandas as pd
                            import requests


                            def model(dbt, session):
                                dbt.config(materialized="table")

                                headers = {"Authorization": f"Bearer {os.environ['${1:API_KEY}']}"}
                                url = "${2:https://api.example.com/contacts}"
                                rows = []
                                while url:
                                    response = requests.get(url, headers=headers, timeout=60)
                                    response.raise_for_status()
                                    page = response.json()
                                    rows.extend(page["${3:results}"])
                                    url = page.get("${4:next}")  # None after the last page
                                return pd.DataFrame(rows)
                            """),
                    new Skeleton(
                            "def model: incremental",
                            "new rows only, added to those that are there",
                            """
                            def model(dbt, session):
                                dbt.config(materialized="incremental", unique_key="${1:id}")

                                rows = dbt.ref("${2:upstream}")
                                if dbt.is_incremental:
                                    (last,) = session.sql(f"select max(${3:updated_at}) from {dbt.this}").fetchone()
                                    if last is not None:
                                        rows = rows.filter(f"${3:updated_at} > '{last}'")
                                $0
                                return rows
                            """),
                    new Skeleton(
                            "def model: polars",
                            "another model's rows, with polars",
                            """
                            import polars as pl


                            def model(dbt, session):
                                dbt.config(materialized="table")

                                df = dbt.ref("${1:upstream}").pl()
                                return df.with_columns(pl.col("${2:name}").str.to_uppercase().alias("${3:name_upper}"))
                            """),
                    new Skeleton(
                            "def model: session SQL",
                            "a query over other models, by DuckDB",
                            """
                            def model(dbt, session):
                                dbt.config(materialized="table")

                                return session.sql(\"""
                                    select
                                        ${2:*}
                                    from __model__${1:upstream}
                                \""")
                            """));

    /** Where a statement of the file begins, while no model is there. */
    static List<Suggestion> at(Manifest manifest, Path file, String text, int offset) {
        int start =
                Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1))
                        + 1;
        int end = offset;
        while (end < text.length() && "\r\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (manifest.file(file).isEmpty()
                || !START.matcher(text.substring(start, offset)).matches()
                || !REST.matcher(text.substring(offset, end)).matches()
                || MODEL.matcher(text).find()) {
            return List.of();
        }
        Replacement line = Replacement.ofLine(start, offset, end);
        String newline = text.contains("\r\n") ? "\r\n" : "\n";
        return ALL.stream().map(skeleton -> suggestion(skeleton, line, newline)).toList();
    }

    private static Suggestion suggestion(Skeleton skeleton, Replacement line, String newline) {
        String snippet = skeleton.snippet();
        return line.suggestText(
                skeleton.label(),
                plain(snippet).replace("\n", newline),
                Optional.of(snippet.replace("\n", newline)),
                Kind.SNIPPET,
                skeleton.detail(),
                "```python\n" + plain(snippet) + "```");
    }

    /** For clients without placeholders: what stands in them by default. */
    private static String plain(String snippet) {
        return PLACEHOLDER
                .matcher(snippet)
                .replaceAll(m -> m.group(1) != null ? quoted(m.group(1)) : "")
                .replaceAll("(?m)^[ \\t]+$\\n", "");
    }

    private static String quoted(String text) {
        return java.util.regex.Matcher.quoteReplacement(text);
    }
}
