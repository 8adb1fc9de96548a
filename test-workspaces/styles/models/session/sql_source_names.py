def model(dbt, session):
    contacts = session.table("crm__contacts")
    accounts = session.sql('select * from "crm__accounts"')
    session.execute("attach ':memory:' as scratch; create table scratch.my__own as select 1 as id")
    dbt.source("web-logs", "page views")
    views = session.sql('select * from "web-logs__page views"')
    return contacts.union(accounts).union(views)
