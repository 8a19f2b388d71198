"""What every table of the scenario file shares: strict types, no unknown keys, no editing."""

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """A table of the scenario file. Every field carries its description, from which the reference is made."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False, validate_by_alias=True, validate_by_name=False)
