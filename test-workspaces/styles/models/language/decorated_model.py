import functools
import logging


def logged(level=logging.INFO):
    def decorate(function):
        @functools.wraps(function)
        def inner(dbt, session):
            logging.log(level, "running %s", dbt.this)
            return function(dbt, session)

        return inner

    return decorate


@logged(level=logging.DEBUG)
def model(dbt, session):
    return dbt.ref("stg_reviews").filter("stars >= 4")
