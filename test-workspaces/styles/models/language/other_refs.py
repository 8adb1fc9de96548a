import weakref
from dataclasses import dataclass


@dataclass
class Sheet:
    name: str

    def ref(self, cell):
        return f"{self.name}!{cell}"

    def source(self, *parts):
        return parts

    def config(self, **settings):
        return settings


class dbt_like:
    ref = staticmethod(lambda name: name)


def model(dbt, session):
    sheet = Sheet("a")
    alive = weakref.ref(sheet)
    cells = [sheet.ref("A1"), sheet.source("x"), sheet.config(materialised="view"), dbt_like.ref("zzz")]
    return session.sql("select ? as cell, ? as alive", params=[str(cells), alive() is not None])
