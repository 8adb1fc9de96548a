from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    import pandas as pd
    from not_installed_stubs import Session


class GiveUp(Exception):
    pass


def die(message: str) -> NoReturn:
    raise GiveUp(message)


def model(dbt: Any, session: Session) -> pd.DataFrame:
    """Tries until it works."""
    attempt = 0
    while True:
        attempt += 1
        try:
            rows = dbt.ref("stg_orders").df()
        except (OSError, ValueError) as error:
            if attempt > 3:
                raise GiveUp from error
            time.sleep(2**attempt)
            continue
        else:
            match rows.shape:
                case (0, _):
                    sys.exit("nothing")
                case (n, _) if n > 10:
                    return rows.head(10)
                case _:
                    with contextlib.suppress(KeyError):
                        return rows.drop(columns=["status"])
                    return rows
        finally:
            session.execute("select 1")
