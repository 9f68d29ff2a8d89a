"""What is said about a form as a whole whatever its kind: its version, changes, signatures, or why it was not taken.

Belongs here: what every kind of form shares. Does not belong here: figures, rows and texts of a form.
"""

from __future__ import annotations

from collections.abc import Iterator

from campaigns.model import Form
from campaigns.vocabulary import Outcome
from ingest.files.grid import Grid
from ingest.parsed import Explanation, ParsedSubmission
from ingest.problems import Reading, reading_problem
from ingest.senders.attribution import Attribution
from ingest.senders.identity import Origin
from ingest.senders.stamp import Stamp


def version_of(form: Form, origin: Origin) -> str:
    """The version of the template used, if its marker says so, else the one in force."""
    marker = origin.marker
    return marker.version if marker.version and marker.form == form.form_id else form.version


def notes_on_form(
    form: Form, grid: Grid, sheet_name: str, stamp: Stamp, whose: Attribution, origin: Origin
) -> Iterator[Outcome]:
    """What the clerk should look at around the figures: changes, an old version, signatures that are missing."""
    if grid.tracked_changes:
        yield reading_problem(Reading.TRACKED_CHANGES, sheet=sheet_name)
    if version_of(form, origin) != form.version:
        found, expected = version_of(form, origin), form.version
        yield reading_problem(Reading.OLD_VERSION, sheet=sheet_name, found=found, expected=expected)
    if whose.filled_on is None and not stamp.dates:
        yield reading_problem(Reading.FILL_DATE_MISSING, sheet=sheet_name)
    if form.stamp.filler and not stamp.filler:
        yield reading_problem(Reading.FILLER_MISSING, sheet=sheet_name)
    if form.stamp.reviewer and not stamp.reviewer:
        yield reading_problem(Reading.REVIEWER_MISSING, sheet=sheet_name)


def whose_form(
    form: Form, file_format: str, sheet_name: str, stamp: Stamp, whose: Attribution, origin: Origin
) -> ParsedSubmission:
    """A submission of which everything is known but what stands on the form and what is wrong with it."""
    return ParsedSubmission(
        form_id=form.form_id,
        form_version=version_of(form, origin),
        unit_id=whose.unit_id,
        period=whose.period,
        filled_on=whose.filled_on,
        filler=stamp.filler,
        reviewer=stamp.reviewer,
        file_format=file_format,
        sheet_name=sheet_name,
        cells=(),
        problems=(),
        quarantined=False,
        explanations=tuple(Explanation(said.text, said.at) for said in stamp.explanations),
    )


def not_taken(form: Form, file_format: str, sheet_name: str, problem: Outcome) -> ParsedSubmission:
    """A form that cannot be taken as a whole: its kind is known, its content is not."""
    return ParsedSubmission(
        form.form_id, form.version, None, None, None, "", "", file_format, sheet_name, (), (problem,), True, ()
    )
