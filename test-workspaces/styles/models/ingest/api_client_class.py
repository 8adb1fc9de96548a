"""An API client as a class: a session, a retry policy, pages by Link header."""

import logging
import os
import time
from typing import Any, Dict, Iterator, List, Optional

import pandas as pd
import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

logger = logging.getLogger(__name__)


class ApiError(RuntimeError):
    def __init__(self, status: int, body: str) -> None:
        super().__init__(f"{status}: {body[:200]}")
        self.status = status


class Client:
    PAGE_SIZE = 100
    base_url: str = "https://api.example.test/v2"

    def __init__(self, token: str, *, timeout: float = 30.0) -> None:
        self._timeout = timeout
        self._http = requests.Session()
        self._http.headers.update({"Authorization": f"Bearer {token}"})
        self._http.mount("https://", HTTPAdapter(max_retries=Retry(total=5, backoff_factor=0.5)))

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._http.close()

    def get(self, path: str, **params: Any) -> requests.Response:
        response = self._http.get(f"{self.base_url}/{path}", params=params, timeout=self._timeout)
        if response.status_code == 429:
            time.sleep(int(response.headers.get("Retry-After", "1")))
            return self.get(path, **params)
        if not response.ok:
            raise ApiError(response.status_code, response.text)
        return response

    def pages(self, path: str) -> Iterator[List[Dict[str, Any]]]:
        cursor: Optional[str] = None
        while True:
            body = self.get(path, limit=self.PAGE_SIZE, cursor=cursor).json()
            yield body["items"]
            cursor = body.get("next")
            if not cursor:
                return


def model(dbt, session):
    dbt.config(materialized="table", tags=["api", "crm"])
    with Client(os.environ["CRM_TOKEN"], timeout=10) as client:
        rows = [row for page in client.pages("contacts") for row in page]
    logger.info("%d contacts", len(rows))
    return pd.DataFrame.from_records(rows)
