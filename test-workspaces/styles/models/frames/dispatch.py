import functools
import operator
from collections import Counter, defaultdict, namedtuple

import pandas as pd

Rule = namedtuple("Rule", "column check message", defaults=("is wrong",))
RULES = [
    Rule("amount", lambda s: s >= 0, "is negative"),
    Rule("currency", lambda s: s.str.len().eq(3)),
    Rule(column="order_id", check=operator.methodcaller("notna"), message="is missing"),
]


@functools.singledispatch
def describe(value):
    return str(value)


@describe.register
def _(value: float):
    return f"{value:.2f}"


@describe.register(list)
def _(value):
    return ", ".join(map(describe, value))


@functools.lru_cache(maxsize=None)
def level(count: int) -> str:
    return "error" if count > 100 else "warning"


def model(dbt, session):
    orders = dbt.ref("stg_orders").df()
    found, columns = defaultdict(list), Counter()
    for column, check, message in RULES:
        bad = orders.loc[~check(orders[column])]
        if bad.empty:
            continue
        columns[column] += len(bad)
        found["column"].append(column)
        found["message"].append(f"{column} {message}: {describe(bad[column].head(3).tolist())}")
        found["level"].append(level(len(bad)))
    print(columns.most_common(1))
    return pd.DataFrame(dict(found))
