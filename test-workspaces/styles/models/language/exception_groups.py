import asyncio


async def work(n: int) -> int:
    await asyncio.sleep(0)
    if n < 0:
        raise ValueError(n)
    return n


async def main() -> list[int]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work(n)) for n in range(5)]
    return [t.result() for t in tasks]


def model(dbt, session):
    import pandas as pd

    try:
        numbers = asyncio.run(main())
    except* ValueError as several:
        numbers = [e.args[0] for e in several.exceptions]
    except* OSError:
        numbers = []
    return pd.DataFrame({"n": numbers})
