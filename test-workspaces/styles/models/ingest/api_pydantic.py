from typing import Annotated, Literal, Optional, Union

import pandas as pd
import requests
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator


class Address(BaseModel):
    model_config = ConfigDict(extra="ignore")

    street: str
    zip_code: Annotated[str, Field(alias="zip", pattern=r"^\d{5}$")]


class Person(BaseModel):
    kind: Literal["person"]
    name: str
    address: Optional[Address] = None

    @field_validator("name")
    @classmethod
    def stripped(cls, value: str) -> str:
        return value.strip()


class Company(BaseModel):
    kind: Literal["company"]
    name: str
    employees: int = Field(ge=0, default=0)


Party = Annotated[Union[Person, Company], Field(discriminator="kind")]


class Response(BaseModel):
    parties: list[Party]


def model(dbt, session):
    dbt.config(materialized="table", meta={"owner": "crm", "contract": Response.__name__})
    try:
        body = Response.model_validate(requests.get("https://api.example.test/p").json())
    except ValidationError as e:
        raise ValueError(f"The API changed: {e.error_count()} problems") from e
    return pd.DataFrame([p.model_dump(mode="json") for p in body.parties])
