def model(dbt, session):
    accounts = dbt.source("crm", "accounts").df()
    return session.sql(
        """
        with recursive tree(id, parent, path) as (
            select id, parent_id, [id] from accounts where parent_id is null
            union all
            select a.id, a.parent_id, list_append(t.path, a.id)
            from accounts a join tree t on a.parent_id = t.id
        ),
        days as materialized (select unnest(generate_series(date '2024-01-01', current_date, interval 1 day)) as day)
        select tree.*, len(path) as depth, (select count(*) from days) as days from tree
        """
    )
