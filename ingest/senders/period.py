"""For which period a form is: what it says itself, its marker, sheet, file name, fill date, folders.

Belongs here: weighing those places against the duty's dates. Does not belong here: the grammar of dates
(period_text.py), finding a period among the dates (owed_periods.py).

An explicit period (on the form > marker > sheet name > file name > folder) decides; places that disagree are a reason
to return. Without one the fill date decides: the coming period when the form was filled in within `EARLY_DAYS` before
its cut-off, else the latest period already cut off. So 2023-06-24 and 2023-07-03 belong to 2023-06, 2023-07-16 to
2023-07. An explicit period and a fill date may differ by late filing only: the fill date may fall in the month after
the period's, never before it and never later. Where only the file's or folder's name tells the period, a fill date at
or after the next cut-off contradicts it. Plans, registers and lists of events are sent as things happen: any day of
their period is in time, and the quarter or year in which one was filled in is its period.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaigns.calendar import DueDate
from campaigns.model import Form
from campaigns.periods import first_day_of
from campaigns.vocabulary import Outcome
from ingest.problems import Reading, reading_problem
from ingest.senders.fill_date import EARLY_DAYS, LONGEST_PERIOD_LINE, UP_TO
from ingest.senders.identity import TEMPLATE, Origin, Sheet
from ingest.senders.owed_periods import OwedPeriods, period_meant, period_of_day
from ingest.senders.stamp import Stamp
from ingest.words.period_text import Mention, find_dates, find_periods, mention_of, plain

_SEVERAL = "|"  # between the periods that one place names
# Names and blank forms are used again from month to month; what the form says is filled in anew.
_OUTSIDE_THE_FORM = frozenset({"文件名", "文件夹", TEMPLATE[0]})
_FILED_ANY_TIME = frozenset({"document", "register", "event_list", "liaison_list"})  # not of figures up to a day


@dataclass(frozen=True, slots=True)
class Claim:
    """One place that names a period of the duty (`due`), or one the duty does not have (`due` None)."""

    place: str
    place_en: str
    written: str
    due: DueDate | None


def identify_period(
    periods: OwedPeriods, form: Form, stamp: Stamp, filled_on: date | None, sheet: Sheet, origin: Origin
) -> tuple[DueDate | None, list[Outcome]]:
    """Say for which of the duty's periods a form is, or why nobody can say.

    Args:
        periods: those of this form for this unit's reporting scope.
        form: named in messages.
        stamp: what the form itself says.
        filled_on: the form's fill date, if it has one.
        sheet: the sheet or table it stands on.
        origin: the file it came in.

    Returns:
        The period's dates and the problems found; None always comes with a problem that quarantines.
    """
    ordered = periods.ordered
    if form.kind in _FILED_ANY_TIME and len(ordered) == 1:  # whatever months a plan mentions, it is due once
        return ordered[0], []
    anchor = filled_on or origin.received_on
    claims = _claims_of_form(periods, stamp, sheet.said, anchor)
    if not ((origin.holds_several or origin.holds_several_periods) and claims):
        claims += _claims_of_file(periods, origin, anchor)
    one = [claim for claim in claims if _SEVERAL not in claim.written]
    if claims and not one and filled_on is None:
        found = claims[0].written.replace(_SEVERAL, "、")
        return None, [reading_problem(Reading.PERIOD_SEVERAL, at=claims[0].place, found=found)]
    if not one and filled_on is None:
        one = _claims_of_folders(periods, origin, anchor)
    if one:
        return _weigh(one, periods, filled_on, form)
    if filled_on is not None:
        due = _running_period(ordered, filled_on, form) or period_of_day(periods, filled_on)
        return (due, []) if due else (None, [_not_due(ordered, str(filled_on), form)])
    if len(ordered) == 1:
        return ordered[0], []
    return None, [reading_problem(Reading.PERIOD_MISSING, sheet=sheet.name)]


def _running_period(ordered: Sequence[DueDate], day: date, form: Form) -> DueDate | None:
    """The quarter or year in which a list of what happened or stands was filled in, or the first period to come."""
    if form.kind not in _FILED_ANY_TIME:
        return None
    running = [due for due in ordered if _is_running(due, day, form)]
    longer = next((due for due in running if mention_of(due.period).kind != "month"), None)
    return longer or next((due for due in ordered[:1] if day <= due.cutoff_on), None)


def _is_running(due: DueDate, day: date, form: Form) -> bool:
    """Whether a list that is sent as things happen was filled in inside its period, before its cut-off."""
    return form.kind in _FILED_ANY_TIME and first_day_of(due.period) <= day <= due.cutoff_on


def _claims_of_form(periods: OwedPeriods, stamp: Stamp, sheet_name: str, anchor: date) -> list[Claim]:
    said = [("表内", "form", text) for text, _ in (*stamp.periods, *stamp.dates)]
    said += [("表题", "title", text) for text, _ in stamp.titles]
    said += [("表内", "form", text) for text, _ in stamp.loose if len(text) <= LONGEST_PERIOD_LINE]
    said.append(("工作表名", "sheet name", sheet_name))
    claims = [_claim(*place_and_text, periods, anchor) for place_and_text in said]
    claims += [_claim_by_day("表内", "form", text, periods, anchor) for text, _ in stamp.periods]
    claims += [_claim_by_day("表内", "form", t, periods, anchor) for t, _ in stamp.loose if UP_TO.match(t)]
    return [claim for claim in claims if claim]


def _claims_of_file(periods: OwedPeriods, origin: Origin, anchor: date) -> list[Claim]:
    claims = []
    if origin.marker.period:
        mentions = [mention_of(origin.marker.period)]
        claims.append(_claim_of(mentions, *TEMPLATE, periods, anchor))
    place = ("文件名", "file name", origin.stem, periods, anchor)
    claims.append(_claim(*place) or _claim_by_day(*place))
    return [claim for claim in claims if claim]


def _claims_of_folders(periods: OwedPeriods, origin: Origin, anchor: date) -> list[Claim]:
    found = (_claim("文件夹", "folder", folder, periods, anchor) for folder in reversed(origin.folders))
    return [claim for claim in found if claim][:1]


def _claim_by_day(place: str, place_en: str, text: str, periods: OwedPeriods, anchor: date) -> Claim | None:
    """A whole date stands for the period to which it belongs (20230624, 截至2023年6月24日)."""
    days = [day for written in find_dates(plain(text)) if (day := written.on(anchor.year))]
    due = period_of_day(periods, days[-1]) if days else None
    return Claim(place, place_en, days[-1].isoformat(), due) if due else None


def _claim(place: str, place_en: str, text: str, periods: OwedPeriods, anchor: date) -> Claim | None:
    return _claim_of(find_periods(plain(text)), place, place_en, periods, anchor)


def _claim_of(
    mentions: Sequence[Mention], place: str, place_en: str, periods: OwedPeriods, anchor: date
) -> Claim | None:
    """What one place claims; several periods in one place are kept apart by a bar and claim nothing."""
    if not mentions:
        return None
    fitting = [mention for mention in mentions if mention.kind in periods.kinds]
    if not fitting:
        return None
    written = _SEVERAL.join(_in_words(mention) for mention in fitting)
    return Claim(place, place_en, written, period_meant(periods, fitting[0], anchor) if len(fitting) == 1 else None)


def _in_words(mention: Mention) -> str:
    year = f"{mention.year}年" if mention.year else ""
    kind = {"month": f"{mention.number}月", "quarter": f"第{mention.number}季度", "year": ""}
    return year + kind.get(mention.kind, "上半年" if mention.number == 1 else "下半年")


def _weigh(
    claims: list[Claim], periods: OwedPeriods, filled_on: date | None, form: Form
) -> tuple[DueDate | None, list[Outcome]]:
    due = claims[0].due
    if any(claim.due is not due for claim in claims):
        return None, [_stale_template(claims, periods, filled_on) or _contradiction(claims, None)]
    if due is None:
        return None, [_not_due(periods.ordered, claims[0].written, form)]
    if filled_on is None or (by_day := period_of_day(periods, filled_on)) is due or _is_running(due, filled_on, form):
        return due, []
    months_late = (filled_on.year - due.cutoff_on.year) * 12 + filled_on.month - due.cutoff_on.month
    is_too_late = months_late > 1 and filled_on >= due.lock_on  # until then the period is open for corrections
    if is_too_late or by_day is None or filled_on < due.cutoff_on:
        return None, [_contradiction(claims, filled_on)]
    places = {claim.place for claim in claims}
    if by_day.cutoff_on <= filled_on and len(places) == 1 and places <= _OUTSIDE_THE_FORM:
        return None, [_contradiction(claims, filled_on)]  # an old name on the next period's figures
    note = reading_problem(
        Reading.FILL_DATE_IN_NEXT_WINDOW,
        source=claims[0].place,
        source_en=claims[0].place_en,
        period=due.period,
        found=filled_on,
    )
    return due, [note]


def _contradiction(claims: list[Claim], filled_on: date | None) -> Outcome:
    said = {(claim.place, claim.place_en, claim.written): None for claim in claims}
    if filled_on:
        said["填表时间", "fill date", str(filled_on)] = None
    return reading_problem(Reading.PERIOD_CONTRADICTED, **_in_a_row(said))


def _stale_template(claims: list[Claim], periods: OwedPeriods, filled_on: date | None) -> Outcome | None:
    """The template is the mistake where all else agrees on another period; a file name alone may itself be wrong."""
    template = next((claim for claim in claims if claim.place == TEMPLATE[0]), None)
    others = [claim for claim in claims if claim is not template]
    due = others[0].due
    if template is None or due is None or any(claim.due is not due for claim in others):
        return None
    is_filled_in_then = filled_on is not None and period_of_day(periods, filled_on) is due
    if not is_filled_in_then and all(claim.place in _OUTSIDE_THE_FORM for claim in others):
        return None
    said = {(claim.place, claim.place_en, claim.written): None for claim in others}
    if is_filled_in_then:
        said["填表时间", "fill date", str(filled_on)] = None
    return reading_problem(Reading.TEMPLATE_OF_OTHER_PERIOD, template=template.written, **_in_a_row(said))


def _in_a_row(said: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """What each place says, for a sentence in Chinese and one in English."""
    chinese, english = zip(*((f"{place}是{text}", f"{where} says {text}") for place, where, text in said), strict=True)
    return {"claims": "，".join(chinese), "claims_en": ", ".join(english)}


def _not_due(ordered: Sequence[DueDate], written: str, form: Form) -> Outcome:
    first, last = (ordered[0].period, ordered[-1].period) if ordered else ("—", "—")
    return reading_problem(Reading.PERIOD_NOT_DUE, found=written, form=form.title, first=first, last=last)


def window_problems(due: DueDate, form: Form, received_on: date) -> list[Outcome]:
    """Why a period cannot be reported on a day: figures not yet cut off, or locked (no matter of mere lateness)."""
    if form.kind not in _FILED_ANY_TIME and due.cutoff_on - received_on > timedelta(days=EARLY_DAYS):
        return [reading_problem(Reading.PERIOD_FUTURE, period=due.period, cutoff=due.cutoff_on)]
    if received_on >= due.lock_on:
        return [reading_problem(Reading.PERIOD_LOCKED, period=due.period, lock=due.lock_on)]
    return []
