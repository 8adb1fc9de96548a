# Databricks notebook source
# MAGIC %md
# MAGIC # Orders

# COMMAND ----------

import pandas as pd

# COMMAND ----------

# %%
def model(dbt, session):
    # In[1]:
    df = dbt.ref("stg_orders").df()

    # In[2]:
    pd.set_option("display.max_columns", None)
    df.head()
    df.describe()

    # In[3]:
    return df
