"""What every type of the model is made of: a frozen value, a text that says something, a country."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2 (GR and GB, not the EU's EL and UK; XK for Kosovo)."""

_NONE_GIVEN: set[str] = set()


class Frozen(BaseModel):
    """A value that is never changed after it was made, and that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_post_init(self, context: Any, /) -> None:
        """All values share one empty set of "fields that were given", which nobody asks for: one of its own for each
        value takes nearly half of the memory of 20,000 calls. Pydantic only ever copies it."""
        object.__setattr__(self, "__pydantic_fields_set__", _NONE_GIVEN)
