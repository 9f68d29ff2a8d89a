"""Personal data in free text: what is hidden, and in which order.

Belongs here: the one function that hides. Does not belong here: the patterns of numbers and names (personal_numbers.py,
personal_names.py), the look that spares other texts (personal_look.py), where texts are masked (whoever stores or
prints them), columns that are personal by their definition (`personal` columns of forms go to a table of their own).
"""

from __future__ import annotations

import re

from campaigns.personal_look import WORTH_A_LOOK

_WORTH_A_LOOK = re.compile(WORTH_A_LOOK)


def mask(text: str) -> str:
    """The text without personal numbers and the names at labels and beside them; masking twice changes nothing.

    Numbers go first: only beside a number that was hidden is a word without a label known to be a name.
    """
    if not _WORTH_A_LOOK.search(text):  # nearly every text of a night
        return text
    from campaigns import personal_names, personal_numbers  # 30 ms: only for a text that is worth a look

    hidden = personal_numbers.hide_numbers(personal_names.hide_labelled_names(text))
    return personal_names.hide_names_beside_numbers(hidden)
