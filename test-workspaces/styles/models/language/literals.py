import pandas as pd

BIG = 1_000_000
MASKS = (0xFF, 0o17, 0b1010, 1e-3, .5, 5., 1j, 1_0.0_1)
RAW = r"C:\new\{{ folder }}"
BYTES = b"\x00\xff" rb"\d"
LONG = ("a" 'b' """c
d""" f"{BIG:,}" f'{BIG!r:>{10}}')
NESTED = {"a": {"b": {"c": [{}, {"d": {*()}}]}}}
FORMAT = f"{{{BIG}}} {{}} {NESTED['a']!r} {'{{' + '}}'} {[x for x in range(3)]}"


def model(dbt, session):
    ellipsis = ...
    chained = 1 < 2 <= 3 != 4 is not None not in []
    ternary = 1 if chained else 2 if ellipsis else 3
    sliced = list(range(10))[::2][-1:][0:1:1]
    matrix = NESTED["a"]["b"] if not sliced else {**NESTED, "z": {"y"}}
    value = (lambda x, /, y=1, *a, k=2, **kw: x + y + k)(1) @ pd.DataFrame() if ternary > 5 else -ternary ** -1
    return pd.DataFrame({"value": [value], "raw": [RAW], "long": [LONG], "format": [FORMAT], "m": [str(matrix)]})
