import json
import os
from contextlib import ExitStack
from glob import iglob

import pyarrow as pa


def model(dbt, session):
    rows = []
    with ExitStack() as stack:
        for name in iglob(os.path.join("data", "*.jsonl")):
            lines = stack.enter_context(open(name, encoding="utf-8"))
            for number, line in enumerate(lines, start=1):
                try:
                    rows.append(json.loads(line))
                except json.JSONDecodeError as e:
                    print(f"{name}:{number}: {e.msg}")
                    continue
                else:
                    rows[-1]["_line"] = number
    return pa.Table.from_pylist(rows)
