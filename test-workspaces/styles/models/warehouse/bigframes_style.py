import bigframes.pandas as bpd


def model(dbt, session):
    dbt.config(submission_method="bigframes", timeout=1800, notebook_template_id="123")
    bdf = dbt.ref("stg_orders")
    extra = session.read_gbq("select 1 as id")
    with bpd.option_context("display.max_rows", 10):
        print(bdf.peek(5), extra.shape)
    return bdf.groupby("currency")["amount"].sum().to_frame().reset_index()
