import itertools
import os

import pandas as pd
import requests


def fetch(url, key):
    while url:
        page = requests.get(url, headers={"X-Api-Key": key}, timeout=60).json()
        yield from page["results"]
        url = (page.get("paging") or {}).get("next", {}).get("link")


def batched(rows, size=1_000):
    it = iter(rows)
    while batch := list(itertools.islice(it, size)):
        yield batch


def model(dbt, session):
    dbt.config(materialized="table")
    key = os.environ.get("HUBSPOT_API_KEY", "")
    frames = (pd.DataFrame(batch) for batch in batched(fetch("https://api.example.test/c", key)))
    return pd.concat(frames, ignore_index=True)
