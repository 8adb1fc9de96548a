import textwrap
from string import Template

PREFIX = "stg"
BASE = "select customer_id, {column} from __model__stg_customers"
RANGE = Template("select * from range($start, $end) r(n)")
UNION = "\nunion all by name\n"


def model(dbt, session):
    parts = [BASE.format(column=c) for c in ("name", "email", "country")]
    session.execute(RANGE.substitute(start=0, end="10"))
    sql = textwrap.dedent(
        f"""\
        with parts as ({UNION.join(parts)}),
        orders as (from __model__{PREFIX}_orders)
        select parts.*, %s as tag
        from parts join orders using (customer_id)
        """
    )
    return session.sql(sql % "'x'")
