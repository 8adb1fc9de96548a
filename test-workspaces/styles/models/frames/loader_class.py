from abc import ABC, abstractmethod
from enum import Enum, auto

import pandas as pd


class Kind(Enum):
    FULL = auto()
    DELTA = auto()


class Loader(ABC):
    name: str

    def __init_subclass__(cls, *, name: str = "", **kwargs):
        super().__init_subclass__(**kwargs)
        cls.name = name

    def __init__(self, dbt):
        self.dbt = dbt

    @abstractmethod
    def load(self) -> pd.DataFrame: ...

    def __call__(self):
        return self.load().assign(loader=self.name)


class Customers(Loader, name="customers"):
    def load(self):
        return self.dbt.ref("stg_customers").df()


class Orders(Loader, name="orders"):
    kind = Kind.DELTA

    def load(self):
        orders = self.dbt.ref("stg_orders").df()
        return orders.tail(1000) if self.kind is Kind.DELTA else orders


def model(dbt, session):
    return pd.concat(loader(dbt)() for loader in (Customers, Orders))
