package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns in SQL: a case is a line, and what is offered in the order of an editor's list. */
class ColumnCompletionTest {
    private static final String PROJECT =
            """
            //- models/orders.py
            def model(dbt, session):
                return 1
            //- models/customers.sql
            select 1 as id
            //- models/plain.sql
            select 1 as id
            //- models/schema.yml
            models:
              - name: orders
                columns:
                  - {name: id, data_type: bigint, description: The key.}
                  - {name: customer_id, data_type: bigint}
                  - {name: Order Date, data_type: date}
              - name: customers
                columns:
                  - {name: id, data_type: bigint}
                  - {name: city, data_type: varchar}
            sources:
              - name: ops
                tables:
                  - name: events
                    columns: [{name: at}, {name: kind}]
            """;

    private static final String ORDERS = "id, customer_id, Order Date";

    private static Completed python(String line) {
        return Completed.python(PROJECT, Known.MANIFEST, line);
    }

    private static Completed query(String sql) {
        return python("return session.sql(\"\"\"" + sql + "\"\"\")");
    }

    private static Completed model(String sql) {
        return Completed.in(PROJECT, Known.MANIFEST, "models/here.sql", sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select $0 from __model__orders                     | "
                        + ORDERS
                        + ", __model__orders",
                "select $0 from __model__orders o                   | " + ORDERS + ", o",
                "select o.$0 from __model__orders o                 | " + ORDERS,
                "select o.cu$0 from __model__orders as o            | " + ORDERS,
                "select O.$0 from __model__orders o                 | " + ORDERS,
                "select x.$0 from __model__orders o                 | ``",
                "select __model__orders.$0 from __model__orders     | " + ORDERS,
                "select id, $0 from main.__model__orders o          | " + ORDERS + ", o",
                "select count(o.$0) from __model__orders o          | " + ORDERS,
                "select count(o.$0 from __model__orders o           | " + ORDERS,
                "select a from __model__orders o where o.$0         | " + ORDERS,
                "select a from __model__orders o where x = $0       | " + ORDERS + ", o",
                "select a from __model__orders o order by $0        | " + ORDERS + ", a, o",
                "select id + 1 as n from __model__orders group by $0 | "
                        + ORDERS
                        + ", n, __model__orders",
                "from __model__orders o select $0                   | " + ORDERS + ", o",
                "select $0 from ops__events                         | at, kind, ops__events",
                "select e.$0 from __model__orders o, ops__events e  | at, kind",
                "select $0 from __model__nobody                     | ``",
                "select $0 from other                               | ``",
                "select c.$0 from __model__orders o join __model__customers c on o.id = c.id"
                        + " | id, city",
                "select $0 from __model__orders o join __model__customers c on true"
                        + " | o.id, customer_id, Order Date, c.id, city, c, o",
                "select $0 from __model__orders o join __model__customers c using (id)"
                        + " | id, customer_id, Order Date, city, c, o",
                "select 1 from __model__orders o left join __model__customers c on o.id = c.$0"
                        + " | id, city",
                "select 1 from __model__orders o join __model__customers c using ($0)"
                        + " | id, c, o",
                "with c as (select id, city as town from __model__customers) select $0 from c"
                        + " | id, town, c",
                "with c as (select * from __model__customers) select c.$0 from c  | id, city",
                "with c(a, b) as (select * from __model__customers) select c.$0 from c | a, b",
                "with c as (select $0 from __model__customers) select 1 from c"
                        + " | id, city, __model__customers",
                "with a as (select id as x from __model__orders), b as (select a.* from a)"
                        + " select $0 from b | x, b",
                "with c as (select * exclude (city) from __model__customers) select c.$0 from c"
                        + " | id",
                "with recursive r as (select id from __model__orders union all select r.$0 from r)"
                        + " select 1 from r | id",
                "select s.$0 from (select city, 1 as one from __model__customers) s | city, one",
                "select 1 from __model__orders o where exists (select 1 from __model__customers c"
                        + " where c.id = o.$0) | "
                        + ORDERS,
                "select 1 from __model__orders o where id in (select $0 from __model__customers c)"
                        + " | id, city, c, o",
                "select city from __model__customers union all select $0 from ops__events"
                        + " | at, kind, ops__events",
                "select extract(year from o.$0) from __model__orders o | " + ORDERS,
                "select case when o.$0 then 1 end from __model__orders o | " + ORDERS,
                "create table t as select o.$0 from __model__orders o | " + ORDERS,
                "select 1; select $0 from __model__customers; select 2"
                        + " | id, city, __model__customers",
                "select sum(id) over (partition by $0) from __model__customers c"
                        + " | id, city, c",
            })
    void offersColumns(String sql, String expected) {
        assertThat(query(sql).shown()).isEqualTo(expected);
        // Another way to write the string, and Windows' line ends, change nothing.
        String lines = sql.replace(" from ", "\r\n\tfrom ");
        assertThat(query("\r\n\t-- 😀\r\n" + lines).shown()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id $0 from __model__orders o",
                "select id as $0 from __model__orders o",
                "select 'o.$0' from __model__orders o",
                "select 1 -- o.$0\nfrom __model__orders o",
                "select /* o.$0 */ 1 from __model__orders o",
                "select 1 from __model__orders o limit $0",
                "select 1.$0 from __model__orders o",
                "select 1 from __model__orders $0",
                "$0 from __model__orders o",
                "select o.id.$0 from __model__orders o",
            })
    void offersNothingWhereNoColumnFits(String sql) {
        assertThat(query(sql).labels()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "session.sql(\"select o.$0 from __model__orders o\")                 | " + ORDERS,
                "session.sql('select o.$0 from __model__orders o')                   | " + ORDERS,
                "session.execute(\"select o.$0 from __model__orders o                | " + ORDERS,
                "session.sql(\"select o.$0 \" ⏎ \"from __model__orders o\")          | " + ORDERS,
                "session.sql(\"with x as (select id from __model__orders) \" ⏎ 'select x.$0' ⏎"
                        + " ' from x') | id",
                "session.sql(f\"select o.$0, {x} from {dbt.ref('orders')} o\")       | " + ORDERS,
                "session.sql(f\"select {a['b']}, o.$0 from __model__orders o\")      | " + ORDERS,
                "o = dbt.ref(\"orders\") ⏎ session.sql(\"select $0 from o\")         | "
                        + ORDERS
                        + ", o",
                "o = dbt.ref(\"orders\").df() ⏎ session.sql(f\"select $0 from {o}\") | " + ORDERS,
                "q = \"select o.$0 from __model__orders o\"                          | " + ORDERS,
                "q = \"select o.$0 from __model__orders o\" ⏎ session.sql(q)         | " + ORDERS,
                "session.sql(\"select \\\"Order Date\\\", o.$0 from __model__orders o\") | "
                        + ORDERS,
                "session.sql(\"select here.$0 from __model__here here\")             | ``",
                "x = dbt.ref(\"orders\").filter(\"$0\")             | " + ORDERS,
                "x = dbt.ref(\"orders\").filter(\"id > 1 and $0\")  | " + ORDERS,
                "x = dbt.ref(\"orders\").limit(1).aggregate(\"max($0)\") | " + ORDERS,
                "o = dbt.ref(\"orders\") ⏎ x = o.order(\"$0\")      | " + ORDERS,
                "x = dbt.ref(\"orders\").df()[\"$0\"]               | " + ORDERS,
                "x = dbt.source(\"ops\", \"events\").pl()[\"$0\"]   | at, kind",
                "df = dbt.ref(\"orders\").df() ⏎ x = df[[\"id\", \"$0\"]] | " + ORDERS,
                "df = dbt.ref(\"orders\").df() ⏎ df = df.dropna() ⏎ x = df[\"$0\"] | " + ORDERS,
                "df = dbt.ref(\"orders\").df() ⏎ df = df.merge(x) ⏎ x = df[\"$0\"] | ``",
                "d = session.table(\"__model__orders\") ⏎ x = d.df()[\"$0\"]       | " + ORDERS,
            })
    void inStringsOfAnyKind(String line, String expected) {
        assertThat(python(line).shown()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select $0 from {{ ref('orders') }} o           | " + ORDERS + ", o",
                "select o.$0 from {{ ref('orders') }} as o      | " + ORDERS,
                "select e.$0 from {{ source(\"ops\", 'events') }} e | at, kind",
                "{{ config(tags=['a, b']) }} select o.$0 from {{ ref('shop', 'orders') }} o | "
                        + ORDERS,
                "with o as (select * from {{ ref('orders') }}), f as (select o.id from o)"
                        + " select f.$0 from f | id",
                "{% if x %} select o.$0 {% else %} , 1 {% endif %} from {{ ref('orders') }} o | "
                        + ORDERS,
                "with o as (select 1) select * from $0          | o",
                "select '{{ x }}', $0 from {{ ref('orders') }} o | " + ORDERS + ", o",
                "select o.$0 from {{ ref('orders') }} o {# it's #} | " + ORDERS,
                "{# select o.$0 from #} select 1 from {{ ref('orders') }} o | ``",
                "select o.$0 from {{ ref('nobody') }} o         | ``",
                "select o.$0 from {{ macro() }} o               | ``",
            })
    void inSqlModels(String sql, String expected) {
        assertThat(model(sql).shown()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "f(\"select $0 from __model__orders\")        | Order Date | \\\"Order Date\\\""
                        + " from",
                "f(\"\"\"select $0 from __model__orders\"\"\") | Order Date | \"Order Date\" from",
                "f('select $0 from __model__orders')          | Order Date | \"Order Date\" from",
                "f('select \"Or$0\" from __model__orders')    | Order Date | \"Order Date\" from",
                "f('select \"$0 from __model__orders')        | Order Date | \"Order Date from",
                "f(\"select o.cu$0x from __model__orders o\") | customer_id | o.customer_id from",
                "f(\"select i$0 from __model__orders o, __model__customers c\") | c.id | c.id from",
                "x = dbt.ref(\"orders\").df()[\"Or$0\"]       | Order Date  | [\"Order Date\"]",
            })
    void writesColumnsAsTheyMustBeWritten(String line, String label, String expected) {
        assertThat(python(line).after(label)).contains(expected);
    }

    @Test
    void leavesOutWhatARawStringCannotHold() {
        assertThat(python("f(r\"select $0 from __model__orders\")").labels())
                .containsExactly("__model__orders", "customer_id", "id");
    }

    @Test
    void tellsTypeRelationAndDescription() {
        Suggestion id = query("select $0 from __model__orders").only("id");
        assertThat(id.detail()).isEqualTo("bigint · orders");
        assertThat(id.documentation().get().markdown()).isEqualTo("The key.");
        Suggestion both =
                query("select $0 from __model__orders o, __model__customers c").only("c.id");
        assertThat(both.detail()).isEqualTo("bigint · customers");
        assertThat(both.filterText()).isEqualTo("id");
        assertThat(query("select $0 from ops__events").only("at").detail()).isEqualTo("ops.events");
    }

    @Test
    void ofASqlModelNobodyDescribesTheTextTells() {
        String project =
                PROJECT
                        + """
                        //- models/staged.sql
                        {{ config(materialized='view') }}
                        with o as (select * from {{ ref('orders') }})
                        select
                            id as order_id, o.customer_id, -- and, more
                            {% for m in methods %} sum(amount) as {{ m }}_amount, {% endfor %}
                            count(*) over () as n
                        from o;
                        //- models/over.sql
                        select *, 1 as one from {{ ref('staged') }}
                        //- models/circle.sql
                        select * from {{ ref('other_circle') }}
                        //- models/other_circle.sql
                        select *, 1 as x from {{ ref('circle') }}
                        """;
        Completed over =
                Completed.python(
                        project, Known.MANIFEST, "session.sql(\"select $0 from __model__over o\")");
        assertThat(over.shown()).isEqualTo("order_id, customer_id, n, one, o");
        assertThat(over.only("customer_id").detail()).isEqualTo("bigint · over");
        assertThat(
                        Completed.python(
                                        project,
                                        Known.MANIFEST,
                                        "session.sql(\"select c.$0 from __model__circle c\")")
                                .shown())
                .isEqualTo("x");
    }

    @Test
    void anyPrefixOfAQueryIsFine() {
        String sql =
                "with a as (select \"x\", 'y' from __model__orders o) -- c\n"
                        + "select a.x, (select max(id) from __model__customers) from a join b using"
                        + " (id) where (a.x = 1";
        for (int i = 0; i <= sql.length(); i++) {
            assertThat(query(sql.substring(0, i) + "$0" + sql.substring(i)).suggestions())
                    .as(sql.substring(0, i))
                    .isNotNull();
            assertThat(model(sql.substring(0, i) + "$0").suggestions()).isNotNull();
        }
    }
}
