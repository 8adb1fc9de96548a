from pathlib import Path

HERE = Path("data")


def model(dbt, session):
    session.execute("load httpfs") if dbt.var("remote", False) else None
    csv = session.sql("select * from read_csv('data/*.csv', union_by_name = true, filename = true)")
    other = session.sql(f"from '{HERE / 'orders.parquet'}'")
    session.execute(f"copy (select * from csv) to '{HERE.as_posix()}/copy.parquet' (format parquet)")
    query = Path("sql/report.sql").read_text(encoding="utf-8")
    return session.sql(query) if query.strip() else csv.union(other)
