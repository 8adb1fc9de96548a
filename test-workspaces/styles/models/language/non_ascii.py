import pandas as pd

ÜBERSCHRIFT = "Größe"
π = 3.14159
名前 = "stg_customers"


def größe(wert: float) -> str:
    return "groß" if wert > π else "klein"


def model(dbt, session):
    größen = dbt.ref("größen").df()
    kunden = dbt.ref(名前).df()
    größen[ÜBERSCHRIFT] = [größe(w) for w in range(len(größen))]
    größen["🙂"] = "emoji 👩‍👩‍👧 and a\N{BULLET}bullet \u00e9"
    return pd.concat([größen, kunden])
