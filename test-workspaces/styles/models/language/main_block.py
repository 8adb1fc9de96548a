"""Can be run by hand: python models/language/main_block.py."""

import sys


def transform(df):
    return df.drop_duplicates()


def model(dbt, session):
    return transform(dbt.ref("stg_customers").df())


if __name__ == "__main__":
    import duckdb

    class FakeDbt:
        config = dict

        def ref(self, name):
            return duckdb.sql(f"from 'fixtures/{name}.csv'")

    fake = FakeDbt()
    print(fake.ref("no_model_of_ours"), model(fake, duckdb.connect()))
    sys.exit(0)
