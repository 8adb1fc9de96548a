"""The end of the DAG: several models in, one report out."""


def model(dbt, session):
    dbt.config(materialized="table", tags=["report"])

    revenue = dbt.ref("enriched_orders").df()
    segments = dbt.ref("customer_segments").df()
    days = dbt.ref("calendar").df()

    report = revenue.groupby("month").agg(
        orders=("order_id", "count"),
        revenue=("usd_amount", "sum"),
        customers=("customer_id", "nunique"),
    )
    report["revenue"] = report["revenue"].round(2)
    report["revenue_per_day"] = (report["revenue"] / days.groupby("month").size()).round(2)
    report["vips"] = int(segments["is_vip"].sum())
    return report.reset_index()
