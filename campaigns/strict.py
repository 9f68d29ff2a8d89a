"""What every model of a campaign is made of: strict fields, identifiers, trimmed text, and how names are compared.

Belongs here: the base class and plain types of all models. Does not belong here: any field of a campaign.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


@lru_cache(maxsize=20_000)
def as_compared(text: str) -> str:
    """The form in which names and labels are compared: full width folded, white space and punctuation dropped."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


class Strict(BaseModel):
    # validators are built by whoever validates: a parsing worker is handed its campaign as it is
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
