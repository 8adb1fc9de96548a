from lib.clean import read_source, slug


def model(dbt, session):
    customers = read_source(dbt, "customers")
    customers["slug"] = customers["full_name"].map(slug)
    return customers
