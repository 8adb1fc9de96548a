import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer, make_column_selector as selector
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

RANDOM_STATE = 42
FEATURES = ["country", "spend", "orders"]


def build() -> Pipeline:
    numeric = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    transform = ColumnTransformer(
        [
            ("num", numeric, selector(dtype_include=np.number)),
            ("cat", OneHotEncoder(handle_unknown="ignore"), selector(dtype_include=object)),
        ],
        remainder="drop",
    )
    return Pipeline(
        steps=[("prep", transform), ("model", GradientBoostingClassifier(random_state=RANDOM_STATE))]
    )


def model(dbt, session):
    dbt.config(materialized="table", packages=["scikit-learn==1.4.2", "numpy"])
    customers = dbt.ref("stg_customers").df()
    spend = dbt.ref("stg_orders").df().groupby("customer_id")["amount"].agg(spend="sum", orders="count")
    X = customers.join(spend, on="customer_id")[FEATURES]
    y = (X["orders"].fillna(0) == 0).astype(int)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=RANDOM_STATE)
    pipeline = build().fit(X_train, y_train)
    print(f"AUC: {roc_auc_score(y_test, pipeline.predict_proba(X_test)[:, 1]):.3f}")
    customers["churn"] = pipeline.predict_proba(X)[:, 1]
    return customers
