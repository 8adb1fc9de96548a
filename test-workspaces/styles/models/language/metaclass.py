class Registry(type):
    known: dict = {}

    def __new__(mcs, name, bases, namespace, **options):
        cls = super().__new__(mcs, name, bases, namespace)
        mcs.known[name] = cls
        return cls


class Step(metaclass=Registry, order=1):
    def run(self, dbt):
        raise NotImplementedError


class Read(Step, order=2):
    def run(self, dbt):
        return dbt.ref("stg_orders")


class Filter(Step):
    def run(self, dbt):
        return Read().run(dbt).filter("amount > 0")


def model(dbt, session):
    return Registry.known["Filter"]().run(dbt)
