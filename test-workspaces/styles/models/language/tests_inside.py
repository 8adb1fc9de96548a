import unittest
from unittest import mock


def double(df):
    return df.assign(twice=df["amount"] * 2)


def model(dbt, session):
    return double(dbt.ref("stg_orders").df())


class ModelTest(unittest.TestCase):
    def test_doubles(self):
        stub = mock.MagicMock()
        stub.ref("whatever").df.return_value = {"amount": [1]}
        with self.assertRaises(AttributeError):
            stub.ref.assert_called_with("whatever")
