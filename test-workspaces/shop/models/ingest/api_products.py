"""Products from the catalogue's REST API, which needs a key and gives one page at a time."""

import json
import os
import urllib.request


def fetch(url, key):
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {key}"})
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


def model(dbt, session):
    import pandas as pd

    dbt.config(materialized="table", tags=["api"])

    base = os.environ["SHOP_API_URL"]
    key = os.environ["SHOP_API_KEY"]

    products = []
    url = f"{base}/products?limit=2"
    while url:
        page = fetch(url, key)
        products.extend(page["results"])
        url = page.get("paging", {}).get("next")  # None after the last page

    return pd.DataFrame(products)
