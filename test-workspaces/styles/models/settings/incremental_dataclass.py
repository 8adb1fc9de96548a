import json
import os
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
KEY = "order_id"


@dataclass(frozen=True)
class Settings:
    limit: int = int(os.getenv("LIMIT", "100"))
    names: list = field(default_factory=lambda: ["stg_orders", "stg_customers"])


def model(dbt, session):
    dbt.config(
        materialized="incremental",
        unique_key=KEY,
        incremental_strategy="merge",
        on_schema_change="append_new_columns",
        packages=["pandas==2.2", "numpy"],
        python_version="3.11",
        meta={"owner": "a@b.c", "sla": {"h": 3}},
        tags="one",
        grants={"select": ["reporter"]},
        docs={"node_color": "red"},
        group="finance",
        access="public",
        contract={"enforced": False},
        full_refresh=False,
    )
    limit = dbt.config.get("limit", 100) or Settings().limit
    file = HERE / "x.json"
    if "meta" in dbt.config and file.exists():
        limit += json.loads(file.read_text())["n"]
    new = dbt.ref("stg_orders").df()
    if dbt.is_incremental:
        newest = session.sql(f"select max(ordered_at) from {dbt.this}").fetchone()[0]
        older = session.execute("select count(*) from __model__incremental_dataclass").fetchone()
        new = new[(new["ordered_at"] > newest) & bool(older)]
    threshold = dbt.var("vip_spend", 3) + dbt.var("never_set", default=0)
    return new[new["amount"] > threshold].head(limit)
