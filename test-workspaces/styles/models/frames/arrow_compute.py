import pyarrow as pa
import pyarrow.compute as pc

SCHEMA = pa.schema([("order_id", pa.int64()), ("amount", pa.decimal128(12, 2)), ("day", pa.date32())])


def model(dbt, session):
    table = dbt.ref("stg_orders").to_arrow()
    mask = pc.and_(pc.greater(table["amount"], 0), pc.is_valid(table["customer_id"]))
    table = table.filter(mask)
    day = pc.cast(pc.floor_temporal(table["ordered_at"], unit="day"), pa.date32())
    return table.append_column("day", day).select(SCHEMA.names).cast(SCHEMA)
