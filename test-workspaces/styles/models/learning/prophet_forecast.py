import logging

import pandas as pd
from prophet import Prophet

logging.getLogger("cmdstanpy").setLevel(logging.WARNING)
logging.getLogger("prophet").disabled = True


def forecast(history: pd.DataFrame, periods: int = 12) -> pd.DataFrame:
    m = Prophet(yearly_seasonality=True, interval_width=0.9, growth="linear")
    m.add_country_holidays(country_name="DE")
    m.fit(history)
    future = m.make_future_dataframe(periods=periods, freq="MS")
    return m.predict(future)[["ds", "yhat", "yhat_lower", "yhat_upper"]]


def model(dbt, session):
    revenue = dbt.ref("fct_revenue").df().rename(columns={"month": "ds", "amount": "y"})
    results = []
    for country, history in revenue.groupby("country"):
        if len(history) < 24:
            continue
        results.append(forecast(history[["ds", "y"]]).assign(country=country))
    return pd.concat(results)
