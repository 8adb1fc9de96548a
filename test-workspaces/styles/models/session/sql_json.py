def model(dbt, session):
    events = dbt.source("shop", "events")
    return session.sql(
        r"""
        select
            id,
            payload->>'$.user.name' as user_name,
            payload->'items'->0->>'sku' as first_sku,
            json_extract_string(payload, ['$.a', '$.b'])[1] as a,
            regexp_extract(payload::varchar, '"ref"\s*:\s*"(\w+)"', 1) as ref,
            strftime(happened_at, '%Y-%m-%d') as day,
            struct_pack(kind := kind, day := happened_at::date).kind as kind
        from events
        where payload is not null and kind not in ('ping', 'pong')
        """
    )
