"""CPython's half of bench/parse: parses the listed files once for every line it reads."""

from __future__ import annotations

import ast
import gc
import sys
import time
import warnings
from pathlib import Path

warnings.simplefilter("ignore")


def main(listing: str) -> None:
    paths = Path(listing).read_text(encoding="utf-8").splitlines()
    texts = [Path(path).read_text(encoding="utf-8") for path in paths]
    for text in texts:
        ast.parse(text)
    gc.freeze()
    for line in sys.stdin:
        if line.strip() == "end":
            return
        start, work = time.perf_counter(), time.process_time()
        for text in texts:
            ast.parse(text)
        print(time.perf_counter() - start, time.process_time() - work, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
