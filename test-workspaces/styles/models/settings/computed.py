import os
import platform
from datetime import date

VERSION = "1.26"
HOUR = 60 * 60
KEYS = ["order_id"] + ["currency"]
NAME = "computed" + "_" + "orders"
OWNERS = {"orders": "shop", "people": "crm"}


def model(dbt, session):
    dbt.config(materialized="incremental", unique_key=KEYS, timeout=2 * HOUR, alias=NAME)
    dbt.config(
        packages=[f"numpy=={VERSION}", f"pandas=={'2.2'}"],
        meta={"host": platform.node(), "built": date.today().isoformat(), "owner": OWNERS["orders"]},
        description="Built by %s" % os.environ.get("USER", "nobody"),
        retries=int(os.environ.get("RETRIES", 3)),
    )
    return dbt.ref("stg_orders").filter("amount > 0")
