def model(dbt, session):
  orders = dbt.ref('stg_orders').df()
  if len(orders):
        orders['big'] = orders['amount'] > 100
  return orders
