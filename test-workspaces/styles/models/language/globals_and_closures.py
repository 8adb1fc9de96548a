import threading

_lock = threading.Lock()
_count = 0
_cache = {}


def counter():
    n = 0

    def step(by=1):
        nonlocal n
        n += by
        return n

    return step


def remember(key, make):
    global _count
    with _lock:
        _count += 1
        if key not in _cache:
            _cache[key] = make()
        return _cache[key]


def model(dbt, session):
    step = counter()
    orders = remember("orders", lambda: dbt.ref("stg_orders").df())
    again = remember("orders", lambda: dbt.ref("stg_orders").df())
    return orders.assign(n=[step() for _ in range(len(orders))], same=orders is again)
