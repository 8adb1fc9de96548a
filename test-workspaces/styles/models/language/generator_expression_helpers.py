from collections import deque
from itertools import accumulate, chain, pairwise

import pandas as pd


def windows(rows, n):
    window = deque(maxlen=n)
    for row in rows:
        window.append(row)
        if len(window) == n:
            sent = yield tuple(window)
            if sent:
                window.clear()


def tree(node):
    yield node
    yield from chain.from_iterable(map(tree, node.get("children", ())))


def model(dbt, session):
    rows = dbt.ref("stg_orders").order("ordered_at").fetchall()
    sums = list(accumulate(r[2] or 0 for r in rows))
    steps = [b - a for a, b in pairwise(sums)]
    names = [n["name"] for n in tree({"name": "root", "children": [{"name": "leaf"}]})]
    return pd.DataFrame({"window": list(windows(steps, 3)), "name": names[0]})
