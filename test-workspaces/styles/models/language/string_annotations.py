def model(dbt: "dbt.ref", session: "{{ duckdb }}") -> "pandas.DataFrame":  # noqa: F821
    """Makes one row.

    >>> model(dbt, session)
    {{ ref('not_a_reference') }}  {% if this %} is text {% endif %}
    >>> dbt.ref("nothing_either")
    """
    return session.sql("select 1 as id")
