def model(dbt, session):
    vip = dbt.var("vip_spend")
    start = dbt.var("start_date", "2024-01-01")
    unknown = dbt.var("only_on_the_command_line", default=None)
    this = dbt.this
    name = ".".join(p for p in (this.database, this.schema, this.identifier) if p)
    return session.sql(
        f"""
        select customer_id, sum(amount) >= {vip} as is_vip, '{name}' as made_by, {unknown or 'null'} as x
        from __model__stg_orders where ordered_at >= '{start}' group by customer_id
        """
    )
