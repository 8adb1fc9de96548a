import logging
import logging.config
import sys

LOGGING = {
    "version": 1,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "plain"}},
    "root": {"level": "INFO", "handlers": ["out"]},
}
logging.config.dictConfig(LOGGING)
log = logging.getLogger(__name__)


def model(dbt, session):
    orders = dbt.ref("stg_orders").df()
    log.info("read %d rows, %.1f MB", len(orders), orders.memory_usage(deep=True).sum() / 2**20)
    if log.isEnabledFor(logging.DEBUG):
        log.debug("%s", orders.dtypes.to_string())
    return orders
