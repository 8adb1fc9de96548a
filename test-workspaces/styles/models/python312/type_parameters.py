from typing import override

type Rows = list[dict[str, int | None]]


class Base[T]:
    def load(self, value: T) -> T:
        return value


class Text(Base[str]):
    @override
    def load(self, value: str) -> str:
        return value.strip()


def first[K, *Ts, **P](rows: Rows, key: K) -> K | None:
    return next((r.get(key) for r in rows), None)


def model(dbt, session):
    orders = dbt.ref("stg_orders")
    quote = f"{", ".join(f"{c!r}" for c in ["a", "b"])} {"nested " + f"{"deep"}"}"
    type = Text().load(" x ")
    return orders.project(f"*, '{type}' as kind, '{first([{"a": 1}], "a")}' as n, {len(quote)} as size")
