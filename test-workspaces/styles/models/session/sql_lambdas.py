def model(dbt, session):
    dbt.ref("stg_items")
    return session.query(
        """
        select
            order_id,
            list(quantity * price order by price) as totals,
            list_transform(list(price), lambda p: p * 1.19) as gross,
            [x * 2 for x in list(quantity) if x > 1] as doubled,
            list_reduce(list(quantity), lambda a, b: a + b) as n,
            {'first': min(price), 'last': max(price)} as range,
            map {'a': 1, 'b': 2}['a'] as one,
            list(price)[1:-1] as middle,
            count(*) filter (where quantity > 1) as many
        from __model__stg_items
        group by all
        order by all
        """
    )
