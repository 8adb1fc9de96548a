from __future__ import annotations

import asyncio

import httpx
import polars as pl

URLS = [f"https://api.example.test/pages/{n}" for n in range(10)]


async def fetch(client: httpx.AsyncClient, url: str, gate: asyncio.Semaphore) -> list[dict]:
    async with gate:
        response = await client.get(url)
        return response.json()


async def fetch_all() -> list[dict]:
    gate = asyncio.Semaphore(4)
    async with httpx.AsyncClient(timeout=20, follow_redirects=True) as client:
        pages = await asyncio.gather(*(fetch(client, url, gate) for url in URLS))
        return [row async for row in flatten(pages)]


async def flatten(pages):
    for page in pages:
        for row in page:
            yield row


def model(dbt, session):
    return pl.DataFrame(asyncio.run(fetch_all()))
