"""The trivial model of bench/run as a user would write it without an engine.

usage: by_hand.py OUT.parquet
"""

import sys

import duckdb
import pandas as pd

frame = pd.DataFrame({"id": [1, 2, 3], "name": ["a", "b", None], "amount": [1.5, 2.5, 3.5]})
duckdb.from_df(frame).write_parquet(sys.argv[1])
