def model(dbt, session):
    return dbt.ref("country_codes")
