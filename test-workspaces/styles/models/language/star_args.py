def model(dbt, session, *args, **kwargs):
    options = dict(limit=10, **kwargs)
    first, *middle, last = [*range(5), *args]
    print(first, middle, last, sep="\n")
    return dbt.ref("stg_orders").limit(options["limit"])
