import os


def helper():
    return os.sep


def model(dbt, session):
    return session.sql("select ? as sep", params=[helper()])
