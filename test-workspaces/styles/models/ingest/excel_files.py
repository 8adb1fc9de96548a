from pathlib import Path

import pandas as pd

FOLDER = Path("data") / "incoming"


def read(path: Path) -> pd.DataFrame:
    sheets = pd.read_excel(path, sheet_name=None, engine="openpyxl", dtype=str)
    return pd.concat(
        [
            sheet.rename(columns=str.strip)
            .dropna(how="all")
            .assign(sheet=name, file=path.name, row=lambda d: range(2, len(d) + 2))
            for name, sheet in sheets.items()
            if not name.startswith("_")
        ]
    )


def model(dbt, session):
    dbt.config(materialized="table", allow_empty=True)
    files = sorted(FOLDER.glob("**/*.xlsx"), key=lambda p: p.stat().st_mtime)
    return pd.concat(map(read, files)) if files else pd.DataFrame({"file": pd.Series(dtype=str)})
