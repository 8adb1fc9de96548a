from typing import NamedTuple


class Step(NamedTuple):
    name: str
    sql: str


STEPS = [
    Step("paid", "select * from __model__stg_orders where status = 'paid'"),
    Step("by_customer", "select customer_id, sum(amount) as amount from paid group by 1"),
    Step("named", "select c.name, b.amount from by_customer b join __model__stg_customers c using (customer_id)"),
]


def run(session, steps):
    for name, sql in steps:
        session.execute(f"create or replace temp view {name} as {sql}")
    return session.table(steps[-1].name)


def model(dbt, session):
    dbt.ref("stg_orders"), dbt.ref("stg_customers")
    return run(session, STEPS)
