"""Each lambda keeps the name of its turn: Python binds names late."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import reduce, wraps

import pandas as pd


def timed(limit=None, *, name=""):
    def outer(f):
        @wraps(f)
        def inner(*args, **kwargs):
            return f(*args, **kwargs)

        return inner

    return outer


@timed(3, name="x")
def model(dbt, session):
    async def main():
        tasks = [asyncio.to_thread(lambda n=n: dbt.source("shop", n).df()) for n in ["orders", "customers"]]  # dvt: ignore[lost-ref]
        return await asyncio.gather(*tasks)

    first, second = asyncio.run(main())
    with ThreadPoolExecutor() as pool:
        jobs = [pool.submit(lambda name=name: dbt.ref(name).df()) for name in ("stg_orders", "stg_items")]  # dvt: ignore[lost-ref]
        third = pd.concat(job.result() for job in jobs)
    merged = reduce(lambda a, b: pd.concat([a, b]), [first, second, third])
    return (lambda df: df.reset_index(drop=True))(merged)
