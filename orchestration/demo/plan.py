"""Half a year of mail: which unit sends which form on which day, ordinary months and planted stories together.

Belongs here: the timetable of arrivals, who is late and who never sends. Does not belong here: what goes wrong inside
a file (stories.py), bytes (papers.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from campaigns.model import Campaign, Form, Unit
from orchestration.demo.city import Figure, Figures, city_figures
from orchestration.demo.habits import Habit, habit_of
from orchestration.demo.mailings import FilledForm, Mailing, usual_path

if TYPE_CHECKING:
    from campaigns.calendar import DueDate

CAMPAIGN_ID = "haicheng_2023"
FORM_ID = "progress"
MONTHS = 6  # June to November 2023
ARRIVES_AT = time(16, 30)  # one batch a day: every intake starts a reader of its own

# By position on the roster (1 to 43). Who sends nothing in which month, by number of the month.
NEVER_SENT: Mapping[int, frozenset[int]] = {
    0: frozenset({14, 23, 26, 31, 33, 35, 37, 39, 40, 42, 43}),
    1: frozenset({33, 35, 37, 40}),
    2: frozenset({25, 33, 40}),
    3: frozenset({35, 40}),
    4: frozenset({16, 40}),
    5: frozenset({13, 36, 40}),
}
# Who is late without any other trouble, and by how many days.
LATE_BY: Mapping[int, Mapping[int, int]] = {
    0: {6: 1, 20: 2, 34: 2, 38: 5, 41: 1},
    1: {9: 1, 26: 1, 39: 4},
    2: {6: 2, 36: 2},
    3: {15: 1, 33: 6},
    4: {20: 3, 37: 3},
    5: {},
}
# Who sends on the cut-off day already.
_EARLY = frozenset({1, 4, 7, 10, 13, 18, 22, 27, 30, 32})


@dataclass(frozen=True)
class Sender:
    """One unit in one month: what it has to say and when it would ordinarily send it."""

    unit: Unit
    habit: Habit
    month: int
    due: DueDate
    figures: Figures
    year: Sequence[tuple[DueDate, Figures]]  # all months of the unit, this one among them

    def filled(self, day: date | None = None, **changes: object) -> FilledForm:
        """The form as it ought to be, filled in on `day` (default: the due day)."""
        form = FilledForm(self.unit, self.due.period, day or self.due.due_on, self.figures)
        return replace(form, **changes)  # type: ignore[arg-type]

    def mail(
        self,
        *forms: FilledForm,
        days_late: int = 0,
        habit: Habit | None = None,
        path: str | None = None,
        addition: str = "",
        **changes: object,
    ) -> Mailing:
        """One file with these forms, arriving `days_late` after the due day."""
        used = habit or self.habit
        first = forms[0]
        usual = usual_path(used, self.unit, first.period, first.filled_on, addition)
        arrives = datetime.combine(self.due.due_on + timedelta(days=days_late), ARRIVES_AT)
        return replace(Mailing(arrives, path or usual, used, forms), **changes)  # type: ignore[arg-type]

    def changed(self, figures: Mapping[Figure, Decimal | str]) -> dict[Figure, Decimal | str]:
        return {**self.figures, **figures}


def ordinary(sender: Sender) -> list[Mailing]:
    """The file that everybody sends: right, and on the due day unless the unit is known to be late."""
    days_late = LATE_BY[sender.month].get(sender.unit.position, 0)
    early = sender.unit.position in _EARLY and not days_late
    day = min(sender.due.due_on, sender.due.cutoff_on) if early else sender.due.due_on + timedelta(days=days_late)
    return [sender.mail(sender.filled(day), days_late=(day - sender.due.due_on).days)]


def mailings_of_the_city(campaign: Campaign, dates: Sequence[DueDate], seed: int) -> list[Mailing]:
    """Every file of the demo in the order of arrival; the same for the same seed."""
    from orchestration.demo.stories import STORIES

    mailings: list[Mailing] = []
    for sender in senders(campaign, dates, seed):
        story = STORIES.get((sender.month, sender.unit.position))
        if story is not None:
            mailings += story(sender)
        elif sender.unit.position not in NEVER_SENT[sender.month]:
            mailings += ordinary(sender)
    return sorted(mailings, key=lambda mailing: (mailing.arrives, mailing.path))


def senders(campaign: Campaign, dates: Sequence[DueDate], seed: int) -> Iterator[Sender]:
    """Every unit in every month of the demo."""
    months = demo_months(dates)
    figures = city_figures(demo_form(campaign), campaign.units, [due.period for due in months], seed)
    for unit in campaign.units:
        year = [(due, figures[unit.unit_id, due.period]) for due in months]
        for month, (due, known) in enumerate(year):
            yield Sender(unit, habit_of(unit), month, due, known, year)


def demo_months(dates: Sequence[DueDate]) -> list[DueDate]:
    return [due for due in dates if due.form_id == FORM_ID][:MONTHS]


def demo_form(campaign: Campaign) -> Form:
    return campaign.form(FORM_ID)
