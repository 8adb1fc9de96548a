package dev.dvtls.editors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.TestTools;
import dev.dvtls.testing.Workspace;

/** A project with one thing for each feature that an editor may have. */
final class Shop {
    private Shop() {}

    static Workspace write() {
        // Handed on to the editor as they are; named here for a clear word when they are missing.
        assertThat(TestTools.tools().sling()).exists();
        assertThat(TestTools.venv()).exists();
        return Workspace.of(
                """
                //- profiles.yml
                shop:
                  target: dev
                  outputs:
                    dev: {type: duckdb, path: dev.duckdb}
                //- models/stg_orders.py
                def model(dbt, session):
                    return session.sql("select 1 as id")
                //- models/report.py
                def model(dbt, session):
                    dbt.config(materialized="table")
                    note = "😀"; orders = dbt.ref("stg_orders")
                    rows = session.sql("from __model__stg_orders")
                    return rows.union(dbt.source("crm", "people"))
                //- models/broken.py
                def model(dbt, session):
                    note = "😀"; return dbt.ref("custmers")
                //- models/customers.py
                def model(dbt, session):
                    return session.sql("select 1 as id")
                //- models/last.sql
                select * from {{ ref('stg_orders') }}
                //- models/people.py
                def model(dbt, session):
                    return dbt.source("crm", "people")
                //- models/everyone.sql
                select * from {{ source('crm', 'people') }}
                //- models/old_name.py
                def model(dbt, session):
                    return session.sql("select 1 as id")
                //- models/reader.py
                def model(dbt, session):
                    return dbt.ref("old_name")
                //- models/late.py
                def model(dbt, session):
                    return dbt.ref("outside")
                //- models/called.py
                def model(dbt, session):
                    dbt.config(materialized="incremental")
                    if dbt.is_incremental():
                        return session.sql("select 1 as id")
                    return session.sql("select 2 as id")
                //- models/empty.py
                //- models/models.yml
                models:
                  - name: stg_orders
                    description: One row an order.
                    columns: [{name: id}]
                sources:
                  - name: crm
                    tables:
                      - name: people
                """);
    }
}
