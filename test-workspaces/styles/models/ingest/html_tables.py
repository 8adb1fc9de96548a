import re
from urllib.parse import urljoin

import pandas as pd
import requests
from bs4 import BeautifulSoup

BASE = "https://pages.example.test/"
PRICE = re.compile(
    r"""
    (?P<currency>[€$£]) \s*      # a sign
    (?P<amount>\d+(?:[.,]\d{2})?) # and digits, {{ not a template }}
    """,
    re.VERBOSE,
)


def model(dbt, session):
    soup = BeautifulSoup(requests.get(BASE, timeout=30).content, "html.parser")
    rows = []
    for tr in soup.select("table#prices > tbody > tr"):
        name, price, *_ = (td.get_text(strip=True) for td in tr.find_all("td"))
        if m := PRICE.search(price):
            rows.append(dict(name=name, link=urljoin(BASE, tr.a["href"]), **m.groupdict()))
    return pd.DataFrame(rows, columns=["name", "link", "currency", "amount"])
