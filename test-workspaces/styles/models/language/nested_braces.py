def model(dbt, session):
    value = {"a": {"b": {}}}
    pairs = {k: {kk: {vv} for kk, vv in v.items()} for k, v in {"x": {"y": 1}}.items()}
    merged = {**{**{}}}
    template = "{%s}" % "x" + "{{%d}}" % 1
    sets = {frozenset({frozenset()})}
    return session.sql("select ? as text", params=[str([value, pairs, merged, template, sets])])
