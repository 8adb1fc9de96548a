import functools
import random
import time

import pandas as pd
import requests


def retry(*exceptions, times=3, wait=1.0):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for attempt in range(1, times + 1):
                try:
                    return function(*args, **kwargs)
                except exceptions:
                    if attempt == times:
                        raise
                    time.sleep(wait * 2**attempt + random.random())

        return wrapper

    return decorate


@retry(requests.ConnectionError, requests.Timeout, times=5)
def get_json(url, /, **params):
    return requests.get(url, params=params, timeout=30).json()


def model(dbt, session):
    dbt.config(materialized="incremental", unique_key=["id", "day"])
    since = "1970-01-01"
    if dbt.is_incremental:
        (since,) = session.execute(
            "select coalesce(max(day), '1970-01-01') from __model__api_retry_decorator"
        ).fetchone()
    return pd.json_normalize(get_json("https://api.example.test/stats", since=since), sep="_")
