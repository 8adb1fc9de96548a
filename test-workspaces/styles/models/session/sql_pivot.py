def model(dbt, session):
    revenue = dbt.ref("fct_revenue")
    rates = dbt.ref("exchange_rates")
    wide = session.sql("pivot revenue on country using sum(amount) group by month")
    long = session.sql("unpivot wide on columns(* exclude (month)) into name country value amount")
    return session.sql(
        "select long.*, r.rate from long asof left join rates r on long.month >= r.valid_on"
    )
