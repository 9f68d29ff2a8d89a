"""Which demo is run: the city of 海城, one of the other four offices, or all five.

Belongs here: the choice, and printing what an office's demo did. Does not belong here: running (run.py,
office_run.py), the city's own summary (summary.py).
"""

from __future__ import annotations

from pathlib import Path

from orchestration.console import print_table, say
from orchestration.demo.office import offices
from orchestration.demo.office_run import OfficeResult, run_office
from orchestration.demo.plan import CAMPAIGN_ID
from orchestration.errors import PlainError
from orchestration.home import Home
from orchestration.words import FILE_RESULTS, GRADES, REACHED, STATUSES, TASK_STATUSES, TIMELINESS

ALL = "all"
_WORDS: dict[object, str] = {
    None: "—",
    True: "是",
    False: "否",
    **{code: word for words in (STATUSES, TIMELINESS, TASK_STATUSES, GRADES, REACHED) for code, word in words.items()},
}


def run_chosen(root: Path, campaign_id: str, seed: int, *, replace_earlier: bool) -> bool:
    """Run the demo of a campaign (海城 when none is named) and print it; whether everything agreed.

    Raises:
        PlainError: no such campaign, or the folder holds something else.
    """
    known = (CAMPAIGN_ID, *offices())
    wanted = known if campaign_id == ALL else (campaign_id or CAMPAIGN_ID,)
    if unknown := [name for name in wanted if name not in known]:
        raise PlainError(f"没有 {unknown[0]} 的演示，可选：{'、'.join(known)}、{ALL}。 No such demo.")
    results = [
        _run(Home(root / name if campaign_id == ALL else root), name, seed, replace_earlier=replace_earlier)
        for name in wanted
    ]
    return all(results)


def _run(home: Home, campaign_id: str, seed: int, *, replace_earlier: bool) -> bool:
    if campaign_id != CAMPAIGN_ID:
        result = run_office(home, offices()[campaign_id], say, replace_earlier=replace_earlier)
        _print(result)
        return result.agrees
    from orchestration.demo.run import run_demo
    from orchestration.demo.summary import print_summary

    city = run_demo(home, seed, say, replace_earlier=replace_earlier)
    print_summary(city)
    return not city.mismatches and all(report.is_handed_in for report in city.reports)


def _print(result: OfficeResult) -> None:
    refused = [
        [FILE_RESULTS[str(file.result)], file.file_name, reasons[0].message]
        for file in result.files
        if file.result in ("returned", "quarantined") and (reasons := [r for s in file.submissions for r in s.reasons])
    ]
    if refused:
        print_table(("结果", "文件", "原因"), refused, "退回和无法受理的")
    for answer in result.answers:
        say(answer.words)
        print_table(answer.heads, [_shown(row) for row in answer.rows])
    written = [[report.kind, report.period, report.path.name] for report in result.reports if report.path]
    print_table(("种类", "报送期", "文件"), written, f"写好的报表和材料（在 {result.home.reports} 下）")
    for report in result.reports:
        if report.is_held_back:
            say(f"  {report.period} {report.kind} 与台账不符，没有交出：{report.differences[0]}")
    say(f"与生成时的标准答案逐项比对：{'成功' if result.agrees else '失败'}")
    for answer in result.answers:
        if not answer.agrees:
            say(f"  不符：{answer.words}")
    say(f"台账和各单位的文件在 {result.home.root}。")


def _shown(row: tuple[object, ...]) -> list[object]:
    """A row of the marts in the words of the screen."""
    return [_WORDS.get(value, value) if value is None or isinstance(value, (bool, str)) else value for value in row]
