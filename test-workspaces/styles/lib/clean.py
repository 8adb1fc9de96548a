"""Helpers that models share; no model, as it is outside of the model paths."""

import re


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def read_source(dbt, table, schema="shop"):
    return dbt.source(schema, table).df()
