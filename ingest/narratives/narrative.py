"""Narratives (亮点工作、困难问题…) turned into submissions: whose, for when, the text of every part.

Belongs here: recognising a narrative, and what is wrong with it as a whole. Does not belong here: which lines are text
(narrative_lines.py), headings (narrative_text.py), plans and summaries of which no text is taken (document.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from campaigns.calendar import DueDate
from campaigns.model import Campaign, Form
from campaigns.text_length import RULE_NAMES, lengths
from campaigns.vocabulary import Outcome
from ingest.files.grid import Contents
from ingest.narratives.narrative_lines import BODY, Source, body_of, read_stamp_of, sources_of
from ingest.narratives.narrative_text import OTHER, PREAMBLE, Passage, gather, headings_in, narrative_of
from ingest.parsed import ParsedSubmission, TextPassage
from ingest.problems import Reading, quarantines, reading_problem
from ingest.senders.attribution import attribute
from ingest.senders.form_notes import whose_form
from ingest.senders.identity import Origin, Sheet
from ingest.senders.running_text import Titled, add_signature, find_title
from ingest.senders.stamp import Said

_LEAST_PARTS = 2  # headings by which a text without its title is known


def parse_narratives(
    contents: Contents, campaign: Campaign, dates: Sequence[DueDate], origin: Origin, taken: Collection[int]
) -> list[ParsedSubmission]:
    """The narratives of a file.

    Args:
        contents: what was found in the file.
        campaign: whose forms count.
        dates: all due dates of the campaign.
        origin: the file it came in.
        taken: the grids, by identity, that hold other forms.
    """
    found = []
    for source in sources_of(contents, taken):
        if titled := _recognise(source, campaign, origin, beside_others=bool(taken)):
            found.append(_parse(source, titled, contents, campaign, dates, origin))
    return found


def _recognise(source: Source, campaign: Campaign, origin: Origin, beside_others: bool) -> Titled | None:
    """The narrative that a text is: by the hidden marker, its title, or its headings."""
    narratives = [form for form in campaign.forms if form.kind == "narrative"]
    marked = next((form for form in narratives if form.form_id == origin.marker.form), None)
    texts = [form for form in campaign.forms if form.kind in ("narrative", "document")]
    titled = find_title(texts, "" if beside_others else origin.stem, source.head)
    if marked and (source.lines or source.grid is None):
        return titled if titled and titled.form is marked else Titled(marked, "", 0)
    counts = {form.form_id: len(headings_in(source.lines, narrative_of(form).parts)) for form in narratives}
    if titled and titled.form.kind == "document":
        return None
    if titled:
        is_text = source.grid is None or titled.written
        return titled if is_text or counts[titled.form.form_id] else None
    best = [form for form in narratives if counts[form.form_id] == max(counts.values())]
    return Titled(best[0], "", 0) if len(best) == 1 and counts[best[0].form_id] >= _LEAST_PARTS else None


def _parse(
    source: Source,
    titled: Titled,
    contents: Contents,
    campaign: Campaign,
    dates: Sequence[DueDate],
    origin: Origin,
) -> ParsedSubmission:
    form = titled.form
    body = body_of(source, form, titled.lines, campaign)
    stamp = read_stamp_of(source, form, body)
    stamp.titles.append(Said(titled.written, BODY))
    add_signature(stamp, campaign)
    speaks = source.grid is not None and source.grid.reference == "a1"
    whose = attribute(campaign, form, stamp, Sheet(source.sheet_name, speaks), dates, origin)
    passages = gather(body, narrative_of(form))
    problems = (*whose.problems, *_problems(form, passages, campaign, origin))
    known = whose_form(form, contents.file_format, source.sheet_name, stamp, whose, origin)
    texts = (TextPassage(p.part_id, p.text, p.lines[0].sheet_name, p.lines[0].cell_ref) for p in passages if p.lines)
    return replace(known, passages=tuple(texts), problems=problems, quarantined=quarantines(problems))


def _problems(form: Form, passages: Sequence[Passage], campaign: Campaign, origin: Origin) -> Iterator[Outcome]:
    """What is wrong with the text as a whole, then with its parts."""
    written = {passage.part_id: passage for passage in passages if passage.lines}
    if not written:
        yield reading_problem(Reading.TEXT_EMPTY, file=origin.file_name, form=form.title)
        return
    parts = narrative_of(form).parts
    missing = [part.label for part in parts if part.required and part.part_id not in written]
    if missing:
        yield reading_problem(Reading.PARTS_MISSING, form=form.title, missing="、".join(missing))
    yield from _too_long(form, written, campaign)
    labels = {part.part_id: part.label for part in parts}
    for passage in passages:
        if passage.lines and (passage.part_id == OTHER or (passage.part_id == PREAMBLE and missing)):
            first = passage.lines[0]
            yield reading_problem(Reading.TEXT_OUTSIDE_PARTS, at=first.at, found=first.text, form=form.title)
        if passage.again and passage.part_id in labels:
            label = labels[passage.part_id]
            yield reading_problem(Reading.PART_TWICE, at=passage.heading.at, label=label, other=passage.again.at)


def _too_long(form: Form, written: dict[str, Passage], campaign: Campaign) -> Iterator[Outcome]:
    """A text over its limit by the rule in force is accepted and told its length by every rule."""
    narrative = narrative_of(form)
    if narrative.longest is None or narrative.counting_setting is None:
        return
    declared = [written[part.part_id].text for part in narrative.parts if part.part_id in written]
    counted = lengths("\n".join(declared or [passage.text for passage in written.values()]))
    rule = campaign.setting(narrative.counting_setting)
    if counted[rule] > narrative.longest:
        others = [(RULE_NAMES[name], count) for name, count in counted.items() if name != rule]
        yield reading_problem(
            Reading.TEXT_TOO_LONG,
            form=form.title,
            count=counted[rule],
            longest=narrative.longest,
            rule=RULE_NAMES[rule].chinese,
            rule_en=RULE_NAMES[rule].english,
            others="，".join(f"{name.chinese} {count}" for name, count in others),
            others_en=", ".join(f"{name.english}: {count}" for name, count in others),
        )
