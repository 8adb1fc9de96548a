import pandas as pd


def label(event):
    match event:
        case {"kind": "order", "amount": (int() | float()) as amount} if amount > 100:
            return "big order"
        case {"kind": "order" | "purchase", **rest}:
            return f"order of {len(rest)}"
        case [first, *_, last]:
            return f"{first}..{last}"
        case str(text) | {"text": text}:
            return text
        case None:
            return "nothing"
        case _:
            return "other"


def model(dbt, session):
    events = dbt.source("shop", "events").df()
    events["label"] = events["payload"].map(label)
    match dbt.config.get("mode", "full"):
        case "full":
            return events
        case "slim":
            return events[["label"]]
        case mode:
            raise ValueError(f"unknown mode {mode}")


match = pd.NA
case = type = 1
