"""Typical model files in number, for measuring: the shapes people write, with varied names."""

from __future__ import annotations

import sys
from pathlib import Path

SHAPES = [
    '''"""Revenue a customer of {name}."""
import pandas as pd


def model(dbt, session):
    dbt.config(materialized="table", tags=["finance", "daily"])
    orders = dbt.ref("stg_{name}_orders").df()
    customers = dbt.ref("stg_{name}_customers").df()
    merged = orders.merge(customers, on="customer_id", how="left")
    merged["net"] = merged["amount"] * (1 - merged["discount"].fillna(0))
    # One row a customer and month.
    result = (
        merged.groupby(["customer_id", pd.Grouper(key="ordered_at", freq="MS")])
        .agg(revenue=("net", "sum"), orders=("order_id", "nunique"))
        .reset_index()
    )
    return result[result["revenue"] > {number}]
''',
    '''import requests
import pandas as pd

URL = "https://api.example.com/v{number}/{name}"


def fetch(page: int) -> list[dict]:
    """One page of the API, as rows."""
    response = requests.get(URL, params={{"page": page, "size": 500}}, timeout=30)
    response.raise_for_status()
    return response.json()["items"]


def model(dbt, session):
    dbt.config(materialized="incremental", unique_key="id")
    rows, page = [], 1
    while True:
        items = fetch(page)
        if not items:
            break
        rows.extend({{**item, "loaded_from": f"{{URL}}?page={{page}}"}} for item in items)
        page += 1
    df = pd.DataFrame(rows, columns=["id", "name", "status", "updated_at"])
    if dbt.is_incremental:
        newest = session.execute(f"select max(updated_at) from {{dbt.this}}").fetchone()[0]
        df = df[df["updated_at"] > newest]
    return df
''',
    '''def model(dbt, session):
    dbt.config(
        materialized="table",
        schema="marts",
        meta={{"owner": "{name}", "retries": {number}}},
    )
    dbt.ref("int_{name}_daily")
    dbt.source("raw", "{name}_events")
    return session.sql(
        """
        with daily as (
            select date_trunc('day', e.created_at) as day,
                   e.kind,
                   count(*) as events,
                   sum(coalesce(e.value, 0)) as value
            from __raw__{name}_events e
            where e.created_at >= current_date - interval {number} day
            group by 1, 2
        )
        select d.day, d.kind, d.events, d.value, i.baseline,
               d.value - i.baseline as difference
        from daily d
        left join __model__int_{name}_daily i using (day, kind)
        order by d.day, d.kind
        """
    )
''',
    """import polars as pl
from sklearn.ensemble import RandomForestClassifier

FEATURES = ["age", "visits_{number}d", "basket", "returns", "support_tickets"]


def model(dbt, session):
    dbt.config(materialized="table", packages=["polars", "scikit-learn"], timeout={number} * 60)
    train = dbt.ref("{name}_features").pl()
    known = train.filter(pl.col("churned").is_not_null())
    classifier = RandomForestClassifier(n_estimators=100, max_depth=8, random_state={number})
    classifier.fit(known.select(FEATURES).to_numpy(), known["churned"].to_numpy())
    scores = classifier.predict_proba(train.select(FEATURES).to_numpy())[:, 1]
    return (
        train.with_columns(pl.Series("score", scores))
        .with_columns(
            pl.when(pl.col("score") > 0.8)
            .then(pl.lit("high"))
            .when(pl.col("score") > 0.5)
            .then(pl.lit("medium"))
            .otherwise(pl.lit("low"))
            .alias("risk")
        )
        .select(["customer_id", "score", "risk"])
        .sort("score", descending=True)
    )
""",
]


def write(folder: Path, count: int = 2000) -> list[Path]:
    """Writes the files and gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for i in range(count):
        path = folder / f"model_{i:04d}.py"
        name = f"{('sales', 'web', 'stock', 'crm', 'ads')[i % 5]}_{i}"
        path.write_text(
            SHAPES[i % len(SHAPES)].format(name=name, number=i % 29 + 1), encoding="utf-8"
        )
        paths.append(path)
    return paths


if __name__ == "__main__":
    write(Path(sys.argv[1]))
