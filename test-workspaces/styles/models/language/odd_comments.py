#!/usr/bin/env python
# -*- coding: utf-8 -*-
# vim: set ts=4:
# {{ config(materialized='table') }} was the SQL of this once
# %% a notebook cell

# type: ignore

def model(  # a comment here
    dbt,  # the project
    session,  # the connection

):  # and here
            # too far in
    dbt.config(  # between
        # before the key
        materialized="table",  # dbt.ref("in_a_comment")
    )
# too far out
    orders = (  # {% comment %}
        # dbt.source("in", "comment")
        dbt
        # in the middle of a chain
        .ref(
            # before the name
            "stg_"  # joined with
            "orders"
        )
    )
    return \
        orders
# the end, without a line break
