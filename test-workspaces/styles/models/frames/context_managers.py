import contextlib
import logging
import time

log = logging.getLogger("styles.timing")


@contextlib.contextmanager
def timed(what):
    start = time.perf_counter()
    try:
        yield
    finally:
        log.info("%s took %.3f s", what, time.perf_counter() - start)


class Timer:
    def __enter__(self):
        self.start = time.monotonic()
        return self

    def __exit__(self, kind, value, traceback):
        self.took = time.monotonic() - self.start
        return False


def model(dbt, session):
    with timed("reading"), Timer() as timer:
        orders = dbt.ref("stg_orders").df()
    with contextlib.suppress(KeyError):
        orders = orders.drop(columns=["_internal"])
    log.debug(f"{timer.took=:.2f}")
    with timed("writing"):
        return orders.drop_duplicates()
