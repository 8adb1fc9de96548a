def model(dbt, session):
    session.sql("from __model__stg_customers select count(*)").show()
    session.sql("summarize __model__stg_customers").show(max_rows=5)
    session.sql("describe select * from __model__stg_orders").fetchall()
    session.execute("set preserve_insertion_order = false")
    session.execute("pragma enable_progress_bar")
    session.sql("select 1; select 2 as two;")
    return session.sql(
        """
        -- a comment with 'quotes' and __model__nothing_of_ours
        /* and {{ this }} one */
        select columns(c -> c like '%id') , * replace (amount::double as amount),
               amount // 2 as half, 0x1F as hex, 1_000 as thousand, 'a' || $$dollar 'text'$$ as text,
               ordered_at::date - interval '1' day as yesterday, try_cast(currency as int) as n,
               status ilike 'p%' as paid, currency similar to '[A-Z]{3}' as ok
        from __model__stg_orders
        using sample 10 percent (bernoulli)
        """
    )
