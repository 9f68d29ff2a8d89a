"""What heads every report on Putuo's three-year action: the campaign, its readings of the documents, its forms.

Belongs here: rows of the three marts that all these reports read. Does not belong here: the rows of one report (beside
its test), putting them into a snapshot (hand_made_marts.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from campaigns.load import load_campaign

Row = dict[str, Any]
PUTUO = load_campaign("putuo_2024_2026")
CAMPAIGN: Row = {"campaign_id": "putuo_2024_2026"}


def head_of_reports(readings: Sequence[Row], forms: Mapping[str, str], **campaign: str) -> dict[str, list[Row]]:
    """The three marts; `forms` is form → title, `campaign` says what is to stand in the campaign's row instead."""
    named = {"campaign_name": "三年行动", "area": "普陀区", "area_code": "310107", "office": "安委会办公室"}
    return {
        "dim_campaigns": [{**CAMPAIGN, **named, **campaign}],
        "dim_contradictions": list(readings),
        "dim_forms": [{**CAMPAIGN, "form_id": form_id, "form_title": title} for form_id, title in forms.items()],
    }


def reading(code: str, about: str, sentence: str, **more: str) -> Row:
    """How a contradiction of the documents is read; its setting has the name of what it is about unless told."""
    return {**CAMPAIGN, "code": code, "setting": about, "about": about, "sentence": sentence, **more}
