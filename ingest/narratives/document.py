"""One-off documents (plans, summaries): received or not, whose and for when; no figures are taken.

Belongs here: the submission of a document. Does not belong here: titles (running_text.py), forms with figures
(indicator_table.py), narratives, whose text is kept (narrative.py), reading the text (read_docx.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from campaigns.calendar import DueDate
from campaigns.model import Campaign, Form
from campaigns.vocabulary import Outcome
from ingest.files.grid import Contents
from ingest.narratives.narrative_lines import BODY, body_of, paragraphs_of, sources_of
from ingest.narratives.narrative_text import PartWords, headings_in, headings_of
from ingest.parsed import ParsedSubmission
from ingest.problems import Reading, quarantines, reading_problem
from ingest.senders.attribution import attribute
from ingest.senders.form_notes import whose_form
from ingest.senders.identity import Origin, Sheet
from ingest.senders.running_text import FOOT, HEAD, LONGEST_TITLE, Titled, add_signature, find_title
from ingest.senders.stamp import Said, read_lines

_FORMATS = ("docx", "doc", "pdf", "html")  # of the last three only the file name is read


def parse_document(
    contents: Contents, campaign: Campaign, dates: Sequence[DueDate], origin: Origin
) -> ParsedSubmission | None:
    """The file as one of the campaign's documents; None when neither title nor file name says so."""
    if contents.file_format not in _FORMATS:
        return None
    head = [text for text in contents.paragraphs[:HEAD] if len(text) <= LONGEST_TITLE]
    titled = find_title((form for form in campaign.forms if form.kind == "document"), origin.stem, head)
    if titled is None:
        return None
    form = titled.form
    stamp = read_lines([*head, *contents.paragraphs[HEAD:][-FOOT:]], form)
    stamp.titles.append(Said(titled.written, BODY))
    add_signature(stamp, campaign)
    whose = attribute(campaign, form, stamp, Sheet(BODY, speaks=False), dates, origin)
    if _is_blank(contents, titled, campaign):
        problems = (*whose.problems, reading_problem(Reading.TEXT_EMPTY, file=origin.file_name, form=form.title))
    else:
        problems = (*whose.problems, *_missing_headings(form, contents))
    known = whose_form(form, contents.file_format, BODY, stamp, whose, origin)
    return replace(known, filler="", reviewer="", problems=problems, quarantined=quarantines(problems))


def _is_blank(contents: Contents, titled: Titled, campaign: Campaign) -> bool:
    """Whether nothing stands in a Word text but title, stamp, headings and signature, as in a template sent unfilled.

    Nothing is said of a text that cannot be read: another format, or pages pasted in as pictures.
    """
    if contents.file_format != "docx" or contents.has_pictures:
        return False
    headings = PartWords(headings_of(titled.form))
    bodies = (body_of(source, titled.form, titled.lines, campaign) for source in sources_of(contents, ()))
    return all(headings.alone(line.text) for body in bodies for line in body)


def _missing_headings(form: Form, contents: Contents) -> Iterator[Outcome]:
    """Headings that a plan must have and has not; nothing is said about a text that cannot be read."""
    found = headings_in(paragraphs_of(contents), form.headings) if contents.paragraphs else set()
    missing = [part.label for part in form.headings if part.required and part.part_id not in found]
    if missing and contents.paragraphs:
        yield reading_problem(Reading.PARTS_MISSING, form=form.title, missing="、".join(missing))
