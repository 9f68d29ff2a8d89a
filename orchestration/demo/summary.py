"""The end of the demo on one screen: what came, what was sent back and why, what the city's figures are, what to open.

Belongs here: reading the published snapshot for that, and printing it. Does not belong here: making any of it (run.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from orchestration.building.proof import proofs_in_words
from orchestration.building.publish import DICTIONARY, DOCUMENTATION
from orchestration.console import print_table, say
from orchestration.demo.fresh_home import NOTICE, SAMPLES
from orchestration.demo.plan import CAMPAIGN_ID, FORM_ID
from orchestration.demo.run import DemoResult
from orchestration.snapshot import MartSnapshot, published_snapshot
from orchestration.words import FILE_RESULTS

_HEADLINES = ("1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "3.1", "3.3", "4.5", "4.6")

_PERIODS = """
    select period, count(*) as expected,
        count(*) filter (where timeliness = 'on_time') as on_time,
        count(*) filter (where timeliness = 'late') as late,
        count(*) filter (where timeliness in ('missing', 'not_due')) as missing
    from rpt_timeliness
    where campaign_id = ? and form_id = ? and period in (select period from rpt_progress_totals)
    group by period
    order by period
"""
_SENT_BACK = """
    select reason_code, status, count(*) as files, min_by(file_name, received_at) as example,
        min_by(status_reason, received_at) as reason
    from fct_submissions
    where campaign_id = ? and status in ('returned', 'quarantined')
    group by reason_code, status
    order by status desc, reason_code
"""
_QUESTIONS = """
    select rule_code, rule_class_name, count(distinct submission_id) as forms,
        min_by(message, unit_position) as example
    from rpt_rule_outcomes
    where campaign_id = ? and status = 'accepted'
    group by rule_code, rule_class_name, class_order
    order by class_order, rule_code
"""
_LEDGER = """
    with compared as (
        select counts.item_code, figures.cumulative_value, counts.ledger_value
        from fct_ledger_counts as counts
        inner join fct_indicator_values as figures using (campaign_id, form_id, unit_id, period, item_code, part)
        where counts.campaign_id = ? and counts.period = (select max(period) from fct_ledger_counts)
    )
    select item_code, indicator_name, count(*) as units, sum(cumulative_value) as on_forms,
        sum(ledger_value) as on_lists, count(*) filter (where cumulative_value <> ledger_value) as differing
    from compared
    inner join (select distinct item_code, indicator_name from dim_indicators where campaign_id = ? and form_id = ?)
        using (item_code)
    group by item_code, indicator_name
    order by item_code
"""
_TOTALS = """
    select period, item_code, part, indicator_name, part_name, measure_unit, cumulative_value, of_units
    from rpt_progress_totals
    where campaign_id = ? and form_id = ? and total_scope = 'all'
    order by position, period
"""


def print_summary(result: DemoResult) -> None:
    """Print the account of a finished demo."""
    snapshot = published_snapshot(result.home.published)
    counts = Counter(str(file.result) for file in result.files)
    say()
    counted = "，".join(f"{word} {counts[code]}" for code, word in FILE_RESULTS.items() if counts[code])
    say(f"收到 {len(result.files)} 个文件：{counted}")
    _print_periods(snapshot)
    _print_sent_back(snapshot)
    _print_questions(snapshot)
    _print_totals(snapshot)
    _print_ledger(snapshot)
    _print_proofs(result)
    _print_files(result)


def documents_to_open(result: DemoResult) -> list[tuple[str, Path]]:
    """What a visitor opens first, with the words for it."""
    home = result.home
    last = max(report.period for report in result.reports)
    names = {
        "consolidated": "调度汇总表",
        "area_total": "本级总表（报鞍山市）",
        "unclosed_hazards": "未完成整改隐患清单",
    }
    reports = [
        (f"{names[report.kind]} {report.period}", report.path)
        for report in result.reports
        if report.period == last and report.path is not None
    ]
    return [
        *reports,
        ("其余各月的报表", home.reports),
        ("退回给单位的表", home.returned),
        ("请单位核实的核实单", home.outbox),
        ("无法受理的文件", home.quarantine),
        ("各单位报来的文件", home.root / SAMPLES),
        ("数据字典", home.current / DICTIONARY),
        ("数据说明网页", home.current / DOCUMENTATION),
        ("合成数据说明", home.root / NOTICE),
    ]


def _print_periods(snapshot: MartSnapshot) -> None:
    rows = snapshot.rows(_PERIODS, [CAMPAIGN_ID, FORM_ID])
    table = [[row[name] for name in ("period", "expected", "on_time", "late", "missing")] for row in rows]
    print_table(("报送期", "应报", "按时", "迟报", "未报"), table, "各月报送情况")


def _print_sent_back(snapshot: MartSnapshot) -> None:
    rows = [
        [FILE_RESULTS[row["status"]], row["reason_code"], row["files"], row["example"], row["reason"]]
        for row in snapshot.rows(_SENT_BACK, [CAMPAIGN_ID])
    ]
    print_table(("结果", "代码", "份数", "例", "原因"), rows, "退回和无法受理的")


def _print_questions(snapshot: MartSnapshot) -> None:
    rows = [
        [row["rule_class_name"], row["rule_code"], row["forms"], row["example"]]
        for row in snapshot.rows(_QUESTIONS, [CAMPAIGN_ID])
    ]
    print_table(("类别", "规则", "表数", "例"), rows, "已计入、但要问一问的")


def _print_totals(snapshot: MartSnapshot) -> None:
    figures: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    names: dict[tuple[str, str], str] = {}
    for row in snapshot.rows(_TOTALS, [CAMPAIGN_ID, FORM_ID]):
        if row["item_code"] in _HEADLINES:
            key = (row["item_code"], row["part"])
            names[key] = f"{row['item_code']} {row['indicator_name']}" + (
                f" {row['part_name']}" if row["part_name"] else ""
            )
            figures[key][row["period"]] = _figure_text(row)
    periods = sorted({period for by_period in figures.values() for period in by_period})
    rows = [[names[key], *(by_period.get(period, "") for period in periods)] for key, by_period in figures.items()]
    print_table(("全市累计（镇街＋部门）", *periods), rows, "主要数字（合成数据）", right_from=1)


def _print_ledger(snapshot: MartSnapshot) -> None:
    rows = [
        [f"{row['item_code']} {row['indicator_name']}", row["units"]]
        + [f"{row[name]:.0f}" for name in ("on_forms", "on_lists")]
        + [row["differing"]]
        for row in snapshot.rows(_LEDGER, [CAMPAIGN_ID, CAMPAIGN_ID, FORM_ID])
    ]
    heads = ("报了隐患清单的单位，最近一期", "单位", "表上合计", "清单合计", "不符的单位")
    print_table(heads, rows, "数账相符", right_from=1)


def _figure_text(row: dict[str, Any]) -> str:
    value: Decimal | None = row["cumulative_value"]
    if value is None:
        return "—"
    if row["of_units"] is not None:
        return f"{value:f}".split(".")[0] + f"/{row['of_units']} 家"
    return f"{value.normalize() + 0:f}"


def _print_proofs(result: DemoResult) -> None:
    proofs = [proof for night in result.nights if night.build for proof in night.build.proofs]
    say(f"规则与合计：{proofs_in_words(proofs)}")
    agreed = not result.mismatches
    say(f"与生成时的标准答案逐项比对（合计、本期新增、应报已报、迟报、数账之差）：{'成功' if agreed else '失败'}")
    for sentence in result.mismatches[:10]:
        say(f"  {sentence}")
    held_back = [report for report in result.reports if not report.is_handed_in]
    for report in held_back:
        say(f"  {report.period} {report.kind} 与台账不符，没有交出：{report.differences[0]}")


def _print_files(result: DemoResult) -> None:
    rows = [[words, _short(path)] for words, path in documents_to_open(result) if _is_there(path)]
    print_table(("打开看看", "在哪里"), rows)
    say(f"再试：taizhang trace {CAMPAIGN_ID} 2023-08 1.1 --home {_short(result.home.root)}")


def _is_there(path: Path) -> bool:
    """A file, or a folder that holds something."""
    return path.is_file() or any(path.glob("*"))


def _short(path: Path) -> Path:
    """The path as one would type it from here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
