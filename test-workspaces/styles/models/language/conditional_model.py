import os

if os.name == "nt":
    ENCODING = "cp1252"
else:
    ENCODING = "utf-8"

try:

    def model(dbt, session):
        return session.read_csv("data/x.csv", encoding=ENCODING)

finally:
    del os
