def model(dbt, session):
    sessions = dbt.ref("metrics", "daily_sessions").df()
    again = dbt.ref(package="metrics", model_name="daily_sessions").df()
    short = dbt.ref("daily_sessions").df()
    own = dbt.ref("styles", "stg_orders").df()
    own["day"] = own["ordered_at"].dt.date
    print(len(again), len(short))
    return own.merge(sessions, on="day", how="left")
