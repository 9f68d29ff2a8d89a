"""Reading problems as outcomes: one call makes the sentence a clerk reads, in two languages.

Belongs here: the codes and filling the sentences of problems.toml safely. Does not belong here: the sentences
themselves, deciding that there is a problem (the readers and intake), rules about figures (a campaign's rules.yml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from enum import Enum, StrEnum
from pathlib import Path
from typing import NamedTuple

from campaigns.personal_data import mask
from campaigns.vocabulary import Outcome, OutcomeKind, RuleClass

_LONGEST_QUOTE = 40
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_LONG_NUMBER = re.compile(r"\d{7,}")
_SUBMITTED = ("found", "file", "sheet", "other")  # facts that hold text from outside


class Effect(Enum):
    """What a reading problem does to its submission."""

    QUARANTINE = "quarantine"  # cannot be read, or nobody can say whose or for when it is
    RETURN = "return"  # whose and for when is known, but a figure cannot be taken
    CONFIRM = "confirm"  # counted as far as it can be; the clerk is asked to correct or confirm it
    NOTE = "note"  # counted all the same; the clerk is told


_CLASS_OF = {Effect.CONFIRM: RuleClass.VERIFICATION, Effect.NOTE: RuleClass.ADVISORY}


class Reading(StrEnum):
    """Codes of reading problems; problems.toml holds their sentences under the same names."""

    FILE_EMPTY = "RD-1-01"
    FILE_ENCRYPTED = "RD-1-02"
    FILE_DAMAGED = "RD-1-03"
    FILE_TYPE_UNKNOWN = "RD-1-04"
    FILE_UNSAFE = "RD-1-05"
    FILE_TOO_LARGE = "RD-1-06"
    FILE_TOO_SLOW = "RD-1-07"
    FILE_BROKE_READER = "RD-1-08"
    FILE_IS_ARCHIVE = "RD-1-09"
    FILE_IS_PICTURE = "RD-1-10"
    FILE_IS_OLD_WORD = "RD-1-11"
    FILE_HAS_NO_TABLE = "RD-1-12"
    FILE_OTHER_OFFICE_TYPE = "RD-1-13"
    INFORMANT_MATERIAL = "RD-1-14"
    FILE_IS_WINMAIL = "RD-1-15"
    FORM_NOT_FOUND = "RD-2-01"
    FORM_INCOMPLETE = "RD-2-02"
    LABELS_MISSING = "RD-2-03"
    LABEL_TWICE = "RD-2-04"
    LABEL_CORRECTED = "RD-2-05"
    FORM_HIDDEN = "RD-2-06"
    FORM_TWICE = "RD-2-07"
    SEVERAL_ROWS = "RD-2-08"
    OLD_VERSION = "RD-2-09"
    SEVERAL_COLUMNS = "RD-2-10"
    VERSION_NOT_VALID = "RD-2-11"
    NO_CUMULATIVE_COLUMN = "RD-2-12"
    UNIT_MISSING = "RD-3-01"
    UNIT_UNKNOWN = "RD-3-02"
    UNIT_SEVERAL = "RD-3-03"
    UNIT_CONTRADICTED = "RD-3-04"
    UNIT_NOT_REPORTING = "RD-3-05"
    UNIT_OTHER_FOLDER = "RD-3-06"
    UNIT_IS_AREA = "RD-3-07"
    TEMPLATE_OF_OTHER_UNIT = "RD-3-08"
    PERIOD_MISSING = "RD-4-01"
    PERIOD_SEVERAL = "RD-4-02"
    PERIOD_CONTRADICTED = "RD-4-03"
    PERIOD_NOT_DUE = "RD-4-04"
    PERIOD_FUTURE = "RD-4-05"
    PERIOD_LOCKED = "RD-4-06"
    FILL_DATE_UNREADABLE = "RD-4-07"
    FILL_DATE_UNLIKELY = "RD-4-08"
    FILL_DATE_IN_NEXT_WINDOW = "RD-4-09"
    TEMPLATE_OF_OTHER_PERIOD = "RD-4-10"
    FORM_EMPTY = "RD-5-01"
    FIGURE_UNREADABLE = "RD-5-02"
    FORMULA_ERROR = "RD-5-03"
    FORMULA_NOT_CALCULATED = "RD-5-04"
    TWO_FIGURES = "RD-5-05"
    STRUCK_OUT = "RD-5-06"
    FIGURE_HIDDEN = "RD-5-07"
    FIGURE_UNUSED = "RD-5-08"
    TRACKED_CHANGES = "RD-5-09"
    FIGURE_SHIFTED = "RD-5-10"
    FILLER_MISSING = "RD-6-01"
    REVIEWER_MISSING = "RD-6-02"
    FILL_DATE_MISSING = "RD-6-03"
    CAMPAIGN_UNKNOWN = "RD-7-01"
    STILL_ARRIVING = "RD-7-02"
    NOT_A_FILE = "RD-7-03"
    CANNOT_OPEN = "RD-7-04"
    FIGURE_OUT_OF_RANGE = "RD-7-05"
    FIGURE_ROUNDED = "RD-7-06"
    NEWER_VERSION = "RD-7-07"
    RULES_FAILED = "RD-7-08"
    TOO_MANY_FORMS = "RD-7-09"
    HAS_MACROS = "RD-7-10"
    EXTERNAL_LINKS = "RD-7-11"
    OTHER_TYPE = "RD-7-12"
    SAME_BYTES = "RD-7-13"
    NOT_REMOVED = "RD-7-14"
    BUNDLE_NOT_OPENED = "RD-7-15"
    BUNDLE_EMPTY = "RD-7-16"
    UNPACKED = "RD-7-17"
    MAIL_WITHOUT_ATTACHMENT = "RD-7-18"
    MAIL_CAMPAIGN_UNKNOWN = "RD-7-19"
    LIST_INCOMPLETE = "RD-8-01"
    FORM_AMBIGUOUS = "RD-8-02"
    COLUMNS_MISSING = "RD-8-03"
    COLUMN_UNKNOWN = "RD-8-04"
    LIST_EMPTY = "RD-8-05"
    LIST_CUT = "RD-8-06"
    CELL_MISSING = "RD-8-07"
    CELL_UNREADABLE = "RD-8-08"
    PERSONAL_UNREADABLE = "RD-8-09"
    ROW_UNIT_UNKNOWN = "RD-8-10"
    ROW_UNIT_SEVERAL = "RD-8-11"
    TASK_UNKNOWN = "RD-8-12"
    NOT_RESPONSIBLE = "RD-8-13"
    ROW_TWICE = "RD-8-14"
    DUE_PAST = "RD-8-15"
    SAME_AGAIN = "RD-8-16"
    ROWS_HIDDEN = "RD-8-17"
    TABLE_HEADLESS = "RD-8-18"
    HAZARD_WITHOUT_TEXT = "RD-8-19"
    NUMBERS_ALONE = "RD-8-20"
    HAZARDS_IN_ONE = "RD-8-21"
    DAY_APPROXIMATE = "RD-8-22"
    AMOUNT_UNLIKELY = "RD-8-23"
    AMOUNT_IN_OTHER_UNIT = "RD-8-24"
    PART_ABOVE_WHOLE = "RD-8-25"
    LEVEL_MISSING = "RD-8-26"
    LEVELS_MISSING = "RD-8-27"
    ROWS_TWICE = "RD-8-28"
    TEXT_EMPTY = "RD-9-01"
    PARTS_MISSING = "RD-9-02"
    TEXT_TOO_LONG = "RD-9-03"
    TEXT_OUTSIDE_PARTS = "RD-9-04"
    PART_TWICE = "RD-9-05"


class Entry(NamedTuple):
    effect: Effect
    chinese: str
    english: str


def _load_catalogue() -> dict[str, Entry]:
    sentences = tomllib.loads(Path(__file__).with_name("problems.toml").read_text(encoding="utf-8"))
    return {
        entry["code"]: Entry(Effect(entry["effect"]), entry["chinese"], entry["english"])
        for entry in sentences.values()
    }


CATALOGUE = _load_catalogue()


def quote(text: object) -> str:
    """Make submitted text fit to stand in a sentence: short, on one line, telephone and ID numbers masked."""
    clean = mask(" ".join(_CONTROL.sub(" ", str(text)).split()))
    masked = _LONG_NUMBER.sub(lambda found: f"{found.group()[:3]}****", clean)
    return masked if len(masked) <= _LONGEST_QUOTE else f"{masked[: _LONGEST_QUOTE - 1]}…"


def reading_problem(code: Reading, *, at: str = "", item_code: str = "", part: str = "", **facts: object) -> Outcome:
    """One reading problem as an outcome.

    Args:
        code: which problem.
        at: address of the cell to blame (`sheet!A1`); also available to the sentence as `{at}`.
        item_code: the item concerned, if it is one.
        part: the part concerned, if it is one.
        facts: what the sentence names; `found`, `file`, `sheet` and `other` are submitted text and are shortened
            and masked. An English twin (`found_en`) that is not given is the Chinese one.
    """
    entry = CATALOGUE[code]
    words = {name: quote(value) if name in _SUBMITTED else str(value) for name, value in facts.items()}
    words["at"] = quote(at)
    words.setdefault("nearest", "")
    for name in ("found", "nearest", "reason", "source"):
        words.setdefault(f"{name}_en", words.get(name, ""))
    return Outcome(
        rule_code=code.value,
        rule_class=_CLASS_OF.get(entry.effect, RuleClass.MANDATORY),
        outcome=OutcomeKind.FAIL,
        message=entry.chinese.format_map(words),
        message_en=entry.english.format_map(words),
        item_code=item_code,
        part=part,
        source_cell=at,
    )


def effect_of(code: str) -> Effect:
    """What the reading problem with this code does to its submission."""
    return CATALOGUE[code].effect


def quarantines(problems: Iterable[Outcome]) -> bool:
    """Whether one of these reading problems means that nobody can say what, whose or for when this is."""
    return any(effect_of(problem.rule_code) is Effect.QUARANTINE for problem in problems)
