"""What stands around the content of every bulletin: draft mark, title, addressee, signature, and the notes at its end.

Belongs here: the frame that all bulletins share. Does not belong here: chapters (each bulletin's own module), how it is
set (official_docx.py).

Number and date stay open until somebody signs; the file is a draft until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from campaigns.vocabulary import Subject
from reports.bulletins.official_text import DRAFT, Block, OfficialDocument, Paragraph, Part, body, chapters, note
from reports.campaign_head import CampaignHead
from reports.paper.safe_text import safe_text

_NUMBER: Final = "〔　　　　〕　　号"
_DATE: Final = "　　　　年　　月　　日"
_ADDRESSEE: Final = "各有关单位："
_BINDING: Final = "文中每个数都与发布的数据绑定（点中即见表、栏、行），不能直接改；数不对的，请填报单位更正后重出。"


def bulletin(
    head: CampaignHead,
    title: str,
    opening: str,
    titled: Iterable[tuple[str, Iterable[Block]]],
    subjects: Iterable[Subject],
    notes: Iterable[str] = (),
) -> OfficialDocument:
    """Return the whole document: `titled` chapters, then `notes`, the readings about `subjects`, and the provenance."""
    blocks = (*_opening(title, opening), *chapters(titled), *_signature(head), *_notes(head, subjects, notes))
    return OfficialDocument(
        title=title,
        subject=f"{head.campaign.campaign_id} {head.period} {head.snapshot.version}",
        author=head.campaign.office,
        moment=head.moment,
        header=f"{DRAFT}　　{head.disclosure_words}",
        blocks=blocks,
    )


def _opening(title: str, opening: str) -> Iterator[Block]:
    yield Paragraph(Part.MARK, (f"（{DRAFT}）",))
    yield Paragraph(Part.NUMBER, (_NUMBER,))
    yield Paragraph(Part.TITLE, (safe_text(title),))
    yield Paragraph(Part.ADDRESSEE, (_ADDRESSEE,))
    yield body(safe_text(opening))


def _signature(head: CampaignHead) -> Iterator[Block]:
    yield Paragraph(Part.SIGNATURE, (safe_text(head.campaign.office),))
    yield Paragraph(Part.DATE, (_DATE,))


def _notes(head: CampaignHead, subjects: Iterable[Subject], notes: Iterable[str]) -> Iterator[Block]:
    readings = [
        safe_text(f"口径{reading.code}：{reading.sentence}（{reading.clauses}；{reading.decided_by}）")
        for reading in head.readings_about(*subjects)
    ]
    lines = [*notes, *readings, _BINDING, *head.provenance().split("\n")]
    for number, line in enumerate(lines, start=1):
        yield note(f"注{number}　{line}")
