def model(dbt, session):
    return session.sql('select id, größe as "Größe" from __model__größen')
