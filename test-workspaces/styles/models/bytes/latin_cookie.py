# -*- coding: utf-8 -*-
def model(dbt, session):
    return session.sql("select 'déjà vu' as text")
