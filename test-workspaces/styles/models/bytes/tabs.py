import pandas as pd


class Reader:
	def __init__(self, dbt):
		self.dbt = dbt

	def read(self, *, limit=10):
		if limit:
			return self.dbt.ref("stg_orders").limit(limit).df()
		return None


def model(dbt, session):
	"""Tabs, and	a tab in text."""
	frames = [
	    Reader(dbt).read(),
		dbt.ref("stg_items").df(),
	]
	for frame in frames:
		if frame is None:
			raise ValueError("	nothing")
	return pd.concat(frames)
