import sys

try:
    import orjson as json
except ImportError:  # the standard library will do
    import json

try:
    from tqdm.auto import tqdm
except ModuleNotFoundError:

    def tqdm(it, **kwargs):
        return it


if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HAS_POLARS = True
try:
    import polars as pl
except Exception:
    HAS_POLARS = False


def model(dbt, session):
    with open("pyproject.toml", "rb") as file:
        settings = tomllib.load(file)
    rows = [{"key": k, "value": json.dumps(v)} for k, v in tqdm(settings.items(), desc="settings")]
    if HAS_POLARS:
        return pl.DataFrame(rows)
    import pandas as pd

    return pd.DataFrame(rows)
