import holidays


def is_holiday(date_col):
    french = holidays.France()
    return date_col in french


def model(dbt, session):
    dbt.config(materialized="table", packages=["holidays"])
    orders_df = dbt.ref("stg_orders")
    df = orders_df.to_pandas()
    # apply our function
    df["IS_HOLIDAY"] = df["ORDERED_AT"].apply(is_holiday)
    # return final dataset (Pandas DataFrame)
    return session.create_dataframe(df, schema=["A", "B"])
