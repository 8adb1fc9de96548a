import joblib
import pandas as pd


def model(dbt, session):
    dbt.config(materialized="table")

    # Load customers from upstream model
    customers = dbt.ref("stg_customers").df()

    # Load pre-trained model
    clf = joblib.load("models/churn_model.pkl")

    features = customers[["customer_id"]]
    customers["churn_probability"] = clf.predict_proba(features)[:, 1]
    customers["churn_risk"] = pd.cut(
        customers["churn_probability"],
        bins=[0, 0.3, 0.7, 1.0],
        labels=["low", "medium", "high"],
    )
    return customers
