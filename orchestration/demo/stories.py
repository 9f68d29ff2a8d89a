"""What goes wrong in a real inbox, planted on purpose: each story says what must become of it.

Belongs here: one function for each story, and who plays it in which month. Does not belong here: ordinary months
(plan.py). Codes are those of ingest's problem list and of the campaign's rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from campaigns.vocabulary import ValueState, Verdict
from orchestration.demo.city import Figure
from orchestration.demo.mailings import FilledForm, Mailing, usual_path
from orchestration.demo.plan import Sender, ordinary

_FOUND: Figure = ("1.1", "value")
_RECTIFIED: Figure = ("1.2", "value")
_FOUND_BY_DEPARTMENTS: Figure = ("1.3", "value")


def _quarantined(form: FilledForm, code: str) -> FilledForm:
    return replace(form, verdict=Verdict.QUARANTINED, reason_code=code)


def _returned(form: FilledForm, code: str) -> FilledForm:
    return replace(form, verdict=Verdict.RETURNED, reason_code=code)


def _resent(sender: Sender, days_late: int = 1, addition: str = "（更正）") -> Mailing:
    day = sender.due.due_on + timedelta(days=days_late)
    return sender.mail(sender.filled(day), days_late=days_late, addition=addition)


def damaged_file(sender: Sender) -> list[Mailing]:
    """The upload broke off; the office sends the file again the next day."""
    broken = _quarantined(sender.filled(), "RD-1-03")
    return [sender.mail(broken, story="损坏的文件", spoilt="cut_off"), _resent(sender, addition="(1)")]


def locked_file(sender: Sender) -> list[Mailing]:
    """The file asks for a password."""
    locked = _quarantined(sender.filled(), "RD-1-02")
    path = usual_path(sender.habit, sender.unit, sender.due.period, sender.due.due_on).rpartition(".")[0] + ".xlsx"
    return [sender.mail(locked, story="有密码的文件", spoilt="locked", path=path), _resent(sender, 2, "（无密码）")]


def part_above_whole(sender: Sender) -> list[Mailing]:
    """More rectified than found: returned, and corrected the next day."""
    figures = sender.changed({_RECTIFIED: sender.figures[_FOUND] + 3})
    wrong = _returned(sender.filled(figures=figures), "PF-1-01")
    return [sender.mail(wrong, story="其中数大于总数"), _resent(sender)]


def unknown_unit(sender: Sender) -> list[Mailing]:
    """Beside the unit's own form comes one from a body that is on no roster."""
    form = _quarantined(sender.filled(stamped="演示经济开发区管理委员会"), "RD-3-02")
    stranger = sender.mail(form, story="不在名单上的单位", path="演示经济开发区管委会调度表.xlsx")
    return [*ordinary(sender), replace(stranger, habit=replace(sender.habit, paper="official_xlsx"))]


def two_units_on_one_form(sender: Sender) -> list[Mailing]:
    """Two streets on one stamped line; their own forms come as well."""
    form = _quarantined(sender.filled(stamped="海州街道、兴海街道"), "RD-3-03")
    joint = sender.mail(form, story="一张表两个单位", path="联合上报调度表.xlsx")
    return [*ordinary(sender), replace(joint, habit=replace(sender.habit, paper="official_xlsx"))]


def wrong_month(sender: Sender) -> list[Mailing]:
    """The file name says next month, the date on the form this one: nobody may guess."""
    other = sender.year[sender.month + 1][0].period
    habit = replace(sender.habit, file_name="{unit}{month}月进展情况调度表", folder="")
    path = usual_path(habit, sender.unit, other, sender.due.due_on)
    form = _quarantined(sender.filled(), "RD-4-03")
    return [sender.mail(form, habit=habit, path=path, story="文件名与填表时间的月份不一致"), _resent(sender)]


def duplicate_file(sender: Sender) -> list[Mailing]:
    """The same file is sent once more, to be on the safe side."""
    first = ordinary(sender)[0]
    again = replace(first, arrives=first.arrives + timedelta(days=1), duplicate=True, story="同一文件报了两次")
    return [first, again]


def two_months_in_one_workbook(sender: Sender) -> list[Mailing]:
    """What was missing last month comes late, as a second sheet of this month's workbook."""
    before, known = sender.year[sender.month - 1]
    earlier = FilledForm(sender.unit, before.period, before.due_on, known)
    habit = replace(sender.habit, paper="official_xlsx", folder="", file_name="{unit}调度表")
    return [sender.mail(earlier, sender.filled(), habit=habit, story="一个工作簿两个月")]


def falls_without_a_word(sender: Sender) -> list[Mailing]:
    """A cumulative figure below last month's: counted, and asked about."""
    before = sender.year[sender.month - 1][1][_FOUND_BY_DEPARTMENTS]
    rectified = ("1.4", "value")
    fallen = max(before - 2, sender.figures[rectified])
    form = sender.filled(figures=sender.changed({_FOUND_BY_DEPARTMENTS: fallen}))
    return [sender.mail(form, story="累计数减少，没有说明")]


def falls_with_a_reason(sender: Sender) -> list[Mailing]:
    """The same, with the 核减说明 that the rule asks for."""
    before = sender.year[sender.month - 1][1]["3.1", "value"]
    form = sender.filled(
        figures=sender.changed({("3.1", "value"): before - 1}),
        explanation="帮扶指导核减1个次，原因：上月与市消防救援大队联合开展的1次重复计算。",
    )
    return [sender.mail(form, story="累计数减少，有核减说明")]


def corrected_in_time(sender: Sender) -> list[Mailing]:
    """One figure was wrong; a newer version replaces it on the same day and exactly that figure changes."""
    day = sender.due.cutoff_on
    wrong = sender.changed({("2.1", "value"): sender.figures["2.1", "value"] + 10})
    first = sender.mail(sender.filled(day, figures=wrong), days_late=-1, story="更正前的一版")
    return [first, sender.mail(sender.filled(), addition="（更正）", story="更正后的一版")]


def empty_form(sender: Sender) -> list[Mailing]:
    """A blank form with name and date: returned, and never sent again."""
    habit = replace(sender.habit, zero="", not_applicable="")
    form = _returned(sender.filled(figures={}), "RD-5-01")
    return [sender.mail(form, habit=habit, story="空表")]


def older_after_newer(sender: Sender) -> list[Mailing]:
    """The first version got stuck and arrives after the second: it must not win."""
    old = sender.changed({("2.1", "value"): sender.figures["2.1", "value"] - 1})
    stale = sender.filled(sender.due.cutoff_on, figures=old)
    late = sender.mail(stale, days_late=1, addition="（初稿）", story="旧版晚到")
    return [sender.mail(sender.filled(), addition="（定稿）"), late]


def text_in_a_figure(sender: Sender) -> list[Mailing]:
    """见附件 where a number belongs: returned, and corrected the next day."""
    form = _returned(sender.filled(figures=sender.changed({("2.1", "value"): "见附件"})), "RD-5-02")
    return [sender.mail(form, story="数字格里写“见附件”"), _resent(sender)]


def locked_month(sender: Sender) -> list[Mailing]:
    """Months later the office remembers June: the period is locked."""
    due, known = sender.year[0]
    form = _quarantined(FilledForm(sender.unit, due.period, due.due_on, known), "RD-4-06")
    late = sender.mail(form, addition="补报", story="已锁定的月份")
    return [*ordinary(sender), late]


def about_thirty(sender: Sender) -> list[Mailing]:
    """约 instead of a number: the number counts and so does the doubt."""
    figure, number = ("3.1", "value"), sender.figures["3.1", "value"]
    form = sender.filled(
        figures=sender.changed({figure: f"约{number}"}), texts_mean={figure: (ValueState.APPROXIMATE, number)}
    )
    return [sender.mail(form, story="约数")]


def not_asked(sender: Sender) -> list[Mailing]:
    """A town fills in the item that only city departments answer."""
    form = sender.filled(figures=sender.changed({("4.4", "value"): Decimal(2)}))
    return [sender.mail(form, story="填了不该填的项")]


def copied_month(sender: Sender) -> list[Mailing]:
    """Last month's figures once more, under this month's date."""
    return [sender.mail(sender.filled(figures=dict(sender.year[sender.month - 1][1])), story="照抄上月")]


def scan_beside_the_form(sender: Sender) -> list[Mailing]:
    """The stamped scan comes along; figures are taken from the form."""
    scan = _quarantined(sender.filled(), "RD-1-10")
    name = f"{sender.unit.unit_name}{int(sender.due.period[5:])}月盖章扫描件.pdf"
    return [*ordinary(sender), sender.mail(scan, path=name, spoilt="scan", story="盖章扫描件")]


STORIES: dict[tuple[int, int], Callable[[Sender], list[Mailing]]] = {
    (0, 12): damaged_file,
    (0, 29): locked_file,
    (0, 8): part_above_whole,
    (0, 21): unknown_unit,
    (1, 14): two_months_in_one_workbook,
    (1, 31): two_months_in_one_workbook,
    (1, 43): two_months_in_one_workbook,
    (1, 19): wrong_month,
    (1, 5): duplicate_file,
    (1, 2): two_units_on_one_form,
    (2, 17): falls_without_a_word,
    (2, 28): falls_with_a_reason,
    (2, 3): corrected_in_time,
    (2, 41): empty_form,
    (3, 11): older_after_newer,
    (3, 30): text_in_a_figure,
    (3, 27): scan_beside_the_form,
    (4, 26): locked_month,
    (4, 4): about_thirty,
    (4, 24): not_asked,
    (5, 34): copied_month,
}
