"""One-off documents (plans, summaries): received or not, whose and for when; no figures are taken.

Belongs here: recognising a document by its title or its file name. Does not belong here: forms with figures
(indicator_table.py), reading the text (read_docx.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from campaigns.calendar import DueDate
from campaigns.model import Campaign, Form
from ingest.attribution import attribute
from ingest.grid import Contents
from ingest.identity import Origin, Sheet
from ingest.labels import label_key
from ingest.parsed import ParsedSubmission
from ingest.problems import quarantines
from ingest.roster import roster_of
from ingest.stamp import Said, Stamp, UnitText, read_lines

_FORMATS = ("docx", "doc", "pdf", "html")  # of the last three only the file name is read
_HEAD, _FOOT = 8, 6  # paragraphs among which title and signature are looked for
_LONGEST_TITLE = 80


def parse_document(
    contents: Contents, campaign: Campaign, dates: Sequence[DueDate], origin: Origin
) -> ParsedSubmission | None:
    """The file as one of the campaign's documents; None when neither title nor file name says so."""
    if contents.file_format not in _FORMATS:
        return None
    head = [text for text in contents.paragraphs[:_HEAD] if len(text) <= _LONGEST_TITLE]
    found = _find_title(campaign, origin.stem, head)
    if found is None:
        return None
    form, title = found
    stamp = read_lines([*head, *contents.paragraphs[_HEAD:][-_FOOT:]], form)
    stamp.titles.append(Said(title, "正文"))
    _add_signature(stamp, campaign)
    whose = attribute(campaign, form, stamp, Sheet("正文", speaks=False), dates, origin)
    return ParsedSubmission(
        form_id=form.form_id,
        form_version=form.version,
        unit_id=whose.unit_id,
        period=whose.period,
        filled_on=whose.filled_on,
        filler="",
        reviewer="",
        file_format=contents.file_format,
        sheet_name="正文",
        cells=(),
        problems=whose.problems,
        quarantined=quarantines(whose.problems),
        explanations=(),
    )


def _find_title(campaign: Campaign, stem: str, head: Sequence[str]) -> tuple[Form, str] | None:
    """The document form whose title, the longest first, stands in the first lines or in the file name.

    Returns:
        The form, and its title as it stands in the text, joined from its lines; empty when only the file name has it.
    """
    titles = [
        (label_key(title), form)
        for form in campaign.forms
        if form.kind == "document"
        for title in (form.title, *form.title_aliases)
    ]
    for title, form in sorted(titles, key=lambda entry: -len(entry[0])):
        joined = ("".join(head[:count]) for count in range(1, len(head) + 1))
        written = next((text for text in joined if title in label_key(text)), "")
        if written or title in label_key(stem):
            return form, written
    return None


def _add_signature(stamp: Stamp, campaign: Campaign) -> None:
    """A line that is nothing but a unit's name signs the document."""
    roster = roster_of(campaign)
    for said in (*stamp.loose, *stamp.titles):
        named = roster.find(said.text)
        if named.unit_ids and not named.rest:
            stamp.units.append(UnitText((said.text,), said.at))
