import functools
import weakref


class Lazy:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        return self if instance is None else instance.load(self.name)


class Project:
    __slots__ = ("_dbt", "__weakref__")
    stg_orders = Lazy()

    def __init__(self, dbt):
        self._dbt = dbt

    @property
    def orders(self):
        return self._dbt.ref("stg_orders").df()

    @staticmethod
    def limit(df, n=10):
        return df.head(n)

    @functools.cached_property
    def items(self):
        return self._dbt.ref("stg_items").df()


def model(dbt, session):
    project = Project(dbt)
    weakref.ref(project)
    return project.limit(project.orders, n=5)
