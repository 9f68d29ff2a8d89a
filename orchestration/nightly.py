"""One night: repair, take in, build, publish, and the reports that are due today.

Belongs here: the order of the steps, what stops what, and the plain account of it. Does not belong here: what a step
does (intake, warehouse.py, publish.py, finished_reports.py), Dagster (which runs these same steps as assets).

Whatever fails, the last published snapshot and everything received stay as they were.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration import due_reports
from orchestration.answers import answer_senders
from orchestration.building import campaign_tables
from orchestration.building.notes import read_note, write_note
from orchestration.building.proof import proofs_in_words
from orchestration.building.publish import publish, sweep
from orchestration.building.warehouse import BuildResult, WarehouseBuild
from orchestration.finished_reports import UNPROVED, FinishedReport, hand_in
from orchestration.words import FILE_RESULTS

if TYPE_CHECKING:
    from campaigns.calendar import DueDate
    from ingest.intake import IntakeReport
    from orchestration.home import Home

_WRITTEN_TO = "reports_written_to"  # in last_night.json: the last day whose reports were written


@dataclass(frozen=True)
class NightResult:
    """What a night did. `failures` are ours, never a unit's: what units did wrong is in `intake` and in the marts."""

    now: datetime
    intake: IntakeReport | None
    build: BuildResult | None
    published: Path | None
    reports: tuple[FinishedReport, ...]
    failures: tuple[str, ...]

    @property
    def success(self) -> bool:
        return not self.failures

    def summary(self) -> str:
        """The night in Chinese sentences, one per line, for a log, a mail or the screen."""
        return "\n".join(_sentences(self))


def nightly(home: Home, now: datetime) -> NightResult:
    """Run the whole night; holds the home's lock.

    Raises:
        HomeBusyError: another run holds the home; nothing was done.
    """
    home.prepare()
    with home.lock("nightly"):
        night = Night(home, now)
        night.run_all()
        return night.finish()


@dataclass
class Night:
    """The steps of one night, for callers that show them one by one; the caller holds the lock.

    A step that fails notes its sentence in `work.failures` and raises; `finish` always leaves last_night.json.
    """

    home: Home
    now: datetime
    intake: IntakeReport | None = None
    published: Path | None = None
    reports: list[FinishedReport] = field(default_factory=list)
    _work: WarehouseBuild | None = None
    _reports_written_to: date | None = field(init=False)

    def __post_init__(self) -> None:
        written_to = read_note(self.home.last_night).get(_WRITTEN_TO)
        self._reports_written_to = date.fromisoformat(written_to) if written_to else None

    @property
    def work(self) -> WarehouseBuild:
        """The build of this night; it sees everything received up to now."""
        if self._work is None:
            self._work = WarehouseBuild(self.home, as_of=self.now, now=self.now)
        return self._work

    def run_all(self) -> None:
        """Every step in order; stops at the first failure, which `finish` reports."""
        steps: Sequence[Callable[[], object]] = (
            self.repair,
            self.take_in,
            self.work.first_pass,
            self.work.prove_gate1,
            self.work.judge_gate2,
            self.work.second_pass,
            self.work.prove_totals,
            self.publish,
            self.ask_units,
            self.write_due_reports,
        )
        for step in steps:
            try:
                step()
            except Exception as error:
                self.note_failure("".join(traceback.format_exception(error)))
            if self.work.failures:
                return

    def repair(self) -> None:
        """Remove what a killed run left half done; what it had received is in the inbox or the archive."""
        from ingest.raw.raw_zone import RawZone

        with self.work.leg("repair"):
            RawZone(self.home.raw).prepare()
            sweep(self.home)
            self.home.forget_past_days()
            for folder in (self.home.reports, self.home.outbox):
                for unproved in folder.rglob(f"{UNPROVED}*"):
                    unproved.unlink()

    def take_in(self) -> IntakeReport:
        """Everything that waits in the mailbox and the inbox, through gate 1, into the raw zone."""
        from orchestration.mail_intake import fetch_or_say, mark_or_say
        from orchestration.receiving import receive

        with self.work.leg("fetch_mail"):
            self.work.warnings += fetch_or_say(self.home, self.now)
        with self.work.leg("take_in"):
            dates = self._dates()
            self.intake = receive(self.home, self.work.campaigns, dates, self.now)
            self.work.warnings += mark_or_say(self.home)
        with self.work.leg("answer_senders"):
            self.work.warnings += answer_senders(self.home, self.work.campaigns, dates)
        return self.intake

    def publish(self) -> Path:
        with self.work.leg("publish"):
            self.published = publish(self.home, self.work.result(), self.now)
            return self.published

    def ask_units(self) -> None:
        """A letter to every unit with an open question, from what was just published; what waits as mail is sent."""
        from orchestration.notices import send_notices
        from orchestration.question_letters import write_question_letters

        with self.work.leg("ask_units"):
            self.work.warnings += write_question_letters(self.home, self.work.campaigns, self.now)
            self.work.warnings += send_notices(self.home)

    def write_due_reports(self) -> list[FinishedReport]:
        """The reports due today or missed on their day; one held back is a failure of ours, one without content told.

        What is held back stays due: the next night writes it.
        """
        today = self.now.date()
        with self.work.leg("reports"):
            due = due_reports.reports_to_write(
                today, self._reports_written_to, self.work.campaigns, self.home.work_calendar
            )
            self.reports += hand_in(self.home, dict.fromkeys(report.order for report in due)) if due else []
        for missed in (report for report in due if report.due_on < today):
            if any(report.is_handed_in and report.is_of(missed.order) for report in self.reports):
                self.work.warnings.append(due_reports.made_up_sentence(missed))
        for report in self.reports:
            if report.is_held_back:
                self.work.failures.append(f"{_name(report)} 与台账不符，未交出：{report.differences[0]}")
            elif report.refusal:
                self.work.warnings.append(f"{_name(report)} 没有内容，未写：{report.refusal}")
        if not any(report.is_held_back for report in self.reports):
            self._reports_written_to = max(today, self._reports_written_to or today)
        return self.reports

    def note_failure(self, trace: str) -> None:
        """Keep the trace of an error where the data team finds it, and make sure that the night counts as failed."""
        folder = self.home.build / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / f"nightly-{self.now:%Y%m%dT%H%M%S}.log"
        with log.open("a", encoding="utf-8") as handle:
            handle.write(f"{trace}\n")
        if not self.work.failures:
            self.work.failures.append(f"作业中断，原因见 {log}。 The night broke off; see the log.")

    def finish(self) -> NightResult:
        """Close the night and leave its account in home/build/last_night.json."""
        failures = tuple(dict.fromkeys(self.work.failures))
        built = self.work.result() if self.work.legs else None
        result = NightResult(self.now, self.intake, built, self.published, tuple(self.reports), failures)
        write_note(self.home.last_night, _account(result, self._reports_written_to))
        return result

    def _dates(self) -> dict[str, list[DueDate]]:
        return campaign_tables.all_dates_in_force(self.home, self.work.campaigns, self.now.date())


def _sentences(result: NightResult) -> list[str]:
    sentences = []
    if result.intake is not None:
        files = result.intake.files
        counts = {word: sum(file.result == word for file in files) for word in FILE_RESULTS}
        detail = "、".join(f"{FILE_RESULTS[word]} {number}" for word, number in counts.items() if number)
        sentences.append(f"收到文件 {len(files)} 个" + (f"：{detail}。" if detail else "。"))
    if result.build is not None and result.build.row_counts:
        cpu = sum(leg.cpu_seconds for leg in result.build.legs)
        sentences.append(f"台账已重建，{proofs_in_words(result.build.proofs)}（用 CPU {cpu:.1f} 秒）。")
    if result.published is not None:
        sentences.append(f"已发布 {result.published.name}。")
    sentences += [f"已写好 {report.path}。" for report in result.reports if report.is_handed_in]
    if result.build is not None:
        sentences += [f"提醒：{warning}" for warning in result.build.warnings]
    sentences += [f"未完成：{failure}" for failure in result.failures]
    return sentences


def _name(report: FinishedReport) -> str:
    return " ".join(filter(None, (report.campaign_id, report.form_id, report.period, report.kind)))


def _account(result: NightResult, reports_written_to: date | None) -> dict[str, Any]:
    built = result.build
    return {
        "now": result.now.isoformat(),
        "success": result.success,
        "summary": result.summary().splitlines(),
        "files": [{"file_name": file.file_name, "result": file.result} for file in _files(result)],
        "rows": dict(built.row_counts) if built else {},
        "rules_failed": dict(built.rule_counts) if built else {},
        "warnings": list(built.warnings) if built else [],
        "legs": [asdict(leg) for leg in built.legs] if built else [],
        "published": result.published.name if result.published else None,
        "reports": [{**asdict(report), "path": str(report.path or "")} for report in result.reports],
        _WRITTEN_TO: reports_written_to.isoformat() if reports_written_to else None,
        "failures": list(result.failures),
    }


def _files(result: NightResult) -> Sequence[Any]:
    return result.intake.files if result.intake else ()
