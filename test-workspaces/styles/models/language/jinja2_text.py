import pandas as pd
from jinja2 import Environment, Template

MAIL = Template("Dear {{ name }},{% if vip %} thank you{% endif %} {# bye #}")
SQL = """
{% set columns = ["order_id", "amount"] %}
select {{ columns | join(", ") }} from {{ table }}
"""


def model(dbt, session):
    orders = dbt.ref("stg_orders")
    sql = Environment(autoescape=False).from_string(SQL).render(table=orders)
    df = session.sql(sql).df()
    return df.assign(mail=[MAIL.render(name=n, vip=True) for n in df["order_id"]], x="{{ x }}", y=f"{{{{ y }}}}")
