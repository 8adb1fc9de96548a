import dataclasses
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import ClassVar

import pandas as pd
import requests


@dataclass(frozen=True, order=True)
class Rate:
    day: date
    currency: str
    value: Decimal = field(compare=False, default=Decimal("1"))

    BASE: ClassVar[str] = "EUR"

    @classmethod
    def parse(cls, row: dict) -> "Rate":
        return cls(date.fromisoformat(row["day"]), row["code"], Decimal(str(row["value"])))

    @property
    def inverse(self) -> Decimal:
        return 1 / self.value


@dataclass
class Window:
    start: date
    days: int = 30
    notes: list = field(default_factory=list)

    def __iter__(self):
        return (self.start + timedelta(days=n) for n in range(self.days))


def model(dbt, session):
    today = datetime.now(timezone.utc).date()
    rates = []
    for day in Window(today - timedelta(days=30)):
        body = requests.get(f"https://rates.example.test/{day:%Y-%m-%d}", timeout=30).json()
        rates += [dataclasses.replace(Rate.parse(r), day=day) for r in body["rates"]]
    return pd.DataFrame([{**asdict(r), "inverse": r.inverse} for r in sorted(rates)])
