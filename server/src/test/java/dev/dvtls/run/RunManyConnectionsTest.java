package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.MariaDb;
import dev.dvtls.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run from a PostgreSQL source by Python into MariaDB, on in its SQL, and into SQLite. */
class RunManyConnectionsTest {
    private static final String LATER = "2026-02-01";

    @TempDir Path folder;

    @Test
    void fromPostgresByPythonIntoMariaDbAndSqlite() throws Exception {
        Connection source = Postgres.server().database();
        Postgres.server()
                .psql(
                        source,
                        "create table orders (id int, day date, amount numeric(10,2));"
                                + " insert into orders values (1, '2026-01-30', 2.50),"
                                + " (2, '2026-01-31', 4.25), (3, '2026-01-31', 1.00)");
        Connection maria = MariaDb.server().database();
        RunProject project = RunProject.in(folder);
        project.outputs(
                new Connection("maria", maria.type(), maria.fields()),
                new Connection("crm", source.type(), source.fields()),
                new Connection("file", "sqlite", Map.of("type", "sqlite", "path", "out.sqlite")));
        project.file(
                        "models/sources.yml",
                        """
                        sources:
                          - name: crm
                            connection: crm
                            schema: public
                            tables: [{name: orders}]
                        """)
                .file(
                        "models/days.sql",
                        """
                        {{ config(materialized='incremental', unique_key='day') }}
                        select day, sum(amount) as total
                          from {{ ref('orders') }}
                        {% if is_incremental() %}
                         where day >= (select max(day) from {{ this }})
                        {% endif %}
                         group by day
                        """);
        project.model("orders", "return dbt.source('crm', 'orders')");
        project.model("report", "dbt.config(target='file')\nreturn dbt.ref('days').order('day')");
        project.run().succeeded();
        assertThat(MariaDb.server().sql(maria, "select * from days order by day"))
                .containsExactly("2026-01-30|2.50", "2026-01-31|5.25");

        Postgres.server().psql(source, "insert into orders values (4, '" + LATER + "', 9)");
        project.model("shown", "print(dbt.ref('report').fetchall())\nreturn dbt.ref('report')");
        List<String> output = project.run().succeeded().output();
        assertThat(MariaDb.server().sql(maria, "select * from days where day > '2026-01-31'"))
                .containsExactly(LATER + "|9.00");
        assertThat(output).hasSize(1);
        assertThat(output.get(0)).contains("datetime.date(2026, 2, 1), Decimal('9.00')");
    }
}
