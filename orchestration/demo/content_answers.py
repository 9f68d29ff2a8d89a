"""What a visitor asks of what stands in an office's lists and tables: tasks, events, registers, hazards, totals.

Belongs here: the questions, their queries on the published marts, and the answers counted from the lines of the
letters. Does not belong here: the letters as such (report_answers.py), any reader, rule or model of the product.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any, Final

from campaigns.periods import first_day_of, last_day_of
from campaigns.reporters import expected_events
from orchestration.demo.letters import Letter, Row
from orchestration.demo.sent import Question, Sent

_STEPS: Final = ("done", "in_progress", "not_started")
_TOTALS: Final = ("1.1", "1.2", "1.3", "1.4", "2.1", "3.1")


def tasks(sent: Sent) -> Question:
    counts: dict[tuple[str, str], Counter[str]] = {}
    for form in sent.forms("task_progress"):
        for column in form.columns:
            codes = {choice.label: choice.code for choice in column.choices} if column.column_id == "status" else {}
            for letter, row in sent.rows(form) if codes else ():
                counts.setdefault((letter.period, form.title), Counter())[codes[str(row["status"])]] += 1
    return Question(
        "各单位报来的任务进展（条）",
        ("报送期", "表", "已完成", "推进中", "未启动"),
        "select period, form_title, count(*) filter (where status = 'done'), "
        "count(*) filter (where status = 'in_progress'), count(*) filter (where status = 'not_started') "
        "from fct_task_progress inner join dim_forms using (campaign_id, form_id) "
        "where campaign_id = ? and step is not null group by 1, 2 order by 1, 2",
        tuple(sorted((*key, *(count[step] for step in _STEPS)) for key, count in counts.items())),
    )


def obligations(sent: Sent) -> Question:
    """What had to be held in the periods of the demo that are over, and by how many units it was."""
    held: Counter[tuple[str, str, str, date]] = Counter()
    for form in sent.forms("event_list"):
        codes = {choice.label: choice.code for column in form.columns for choice in column.choices}
        for letter, row in sent.rows(form):
            if isinstance(day := row.get("held_on"), date):
                held[form.form_id, letter.unit_id, codes[str(row[form.event_column or ""])], day] += 1
    counts: dict[tuple[str, str], list[int]] = {}
    for due in expected_events(sent.scene.campaign):
        if due.ends_on < sent.as_of:
            key = (due.form_id, due.unit_id, due.event)
            done = sum(n for event, n in held.items() if event[:3] == key and due.starts_on <= event[3] <= due.ends_on)
            entry = counts.setdefault((due.period, due.obligation_name), [0, 0])
            entry[0 if done >= due.times else 1] += 1
    return Question(
        "应当开展的检查、演练和会议",
        ("时段", "事项", "已做到的单位", "没有做到的单位"),
        "select period, obligation_name, count(*) filter (where obligation_state = 'met'), "
        "count(*) filter (where obligation_state = 'short') from fct_obligations "
        "where campaign_id = ? and ends_on < ? group by 1, 2 order by 1, 2",
        tuple(sorted((*key, *entry) for key, entry in counts.items())),
        (sent.as_of,),
    )


def accidents(sent: Sent) -> Question:
    """Accidents of each quarter that is over and has a list, as last told by the unit that tells of them."""
    told = {
        (letter.unit_id, row["accident_number"]): row
        for form in sent.forms("event_list", "accident")
        for letter, row in sent.rows(form)
    }
    lists = {form.form_id for form in sent.forms("event_list", "accident")}
    days = {first_day_of(one.period) for one in sent.current.values() if one.form_id in lists}
    ended = {f"{day.year}Q{(day.month + 2) // 3}" for day in days}
    quarters = sorted(quarter for quarter in ended if last_day_of(quarter) < sent.as_of)
    counted = [
        (quarter, [row for row in told.values() if _falls_in(row["occurred_on"], quarter)]) for quarter in quarters
    ]
    return Question(
        "各季度事故起数和死亡人数",
        ("季度", "起数", "死亡"),
        "select period, accidents, deaths from rpt_accident_summary where campaign_id = ? and cadence = 'quarterly' "
        "and cut = 'all' and accidents is not null and is_final order by 1",
        tuple((q, len(rows), sum(int(str(row["deaths"])) for row in rows)) for q, rows in counted),
    )


def registers(sent: Sent) -> Question:
    counts = Counter(form.title for form in sent.forms("register") for _ in sent.rows(form))
    return Question(
        "登记表（条）",
        ("表", "条数"),
        "select form_title, count(distinct (unit_id, row_key)) from rpt_registers "
        "inner join dim_forms using (campaign_id, form_id) where campaign_id = ? group by 1 order by 1",
        tuple(sorted(counts.items())),
    )


def hazards(sent: Sent) -> Question:
    """Hazards of the newest lists, and how many of them are rectified and not found again."""
    newest: dict[str, Letter] = {}
    for form in sent.forms("hazard_list"):
        for letter in sorted((one for one in sent.current.values() if one.form_id == form.form_id), key=_of_period):
            newest[letter.unit_id] = letter
    rows = [row for letter in newest.values() for row in letter.content.rows if "本期无" not in row.values()]
    rectified = [row for row in rows if "rectified_on" in row and "reopened_on" not in row]
    return Question(
        "台账上的重大事故隐患（处）",
        ("报送单位", "隐患", "已整改"),
        "select count(distinct unit_id), count(*), count(*) filter (where status in ('rectified', 'closed')) "
        "from fct_hazards where campaign_id = ?",
        ((len({one.unit_id for one in newest.values() if _lines(one)}), len(rows), len(rectified)),) if rows else (),
    )


def totals(sent: Sent) -> Question:
    sums: dict[tuple[str, str], list[Decimal]] = {}
    for form in sent.forms("indicator_table"):
        for letter in sent.current.values():
            for code in _TOTALS if letter.form_id == form.form_id else ():
                if (code, "value") in letter.content.figures:
                    sums.setdefault((letter.period, code), []).append(letter.content.figures[code, "value"])
    return Question(
        "全区合计",
        ("报送期", "项目", "累计", "计入单位"),
        "select period, item_code, cumulative_value, units_counted from rpt_progress_totals where campaign_id = ? "
        "and total_scope = 'all' and part = 'value' and units_counted > 0 and item_code in (select unnest(?)) "
        "order by 1, 2",
        tuple((*key, sum(numbers), len(numbers)) for key, numbers in sorted(sums.items())),
        (list(_TOTALS),),
    )


def _of_period(letter: Letter) -> str:
    return letter.period


def _lines(letter: Letter) -> list[Row]:
    return [row for row in letter.content.rows if "本期无" not in row.values()]


def _falls_in(day: Any, period: str) -> bool:
    return first_day_of(period) <= day <= last_day_of(period)
