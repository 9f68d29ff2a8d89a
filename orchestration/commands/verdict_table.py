"""What became of every file: a table on the screen, or one JSON document with the same verdicts.

Belongs here: words, columns and keys, and the exit code. Does not belong here: deciding (ingest).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from orchestration.console import ExitCode, print_document, print_table, say
from orchestration.words import FILE_RESULTS

if TYPE_CHECKING:
    from ingest.results import FileResult, SubmissionResult

_NEXT_STEPS = {
    "accepted": "",
    "returned": "改正后重报",
    "quarantined": "按原因处理后重报",
    "duplicate": "不用处理，已有同一文件",
    "unpacked": "",
    "waiting": "文件还在传，下次再收",
    "ignored": "",
}
_MOST_SENTENCES = 15  # of one form
_BAD = ("returned", "quarantined")


def print_verdicts(results: Sequence[FileResult], as_json: bool, more: dict[str, Any]) -> None:
    """Print what became of every file and end with 1 when one of them was not taken."""
    bad = any(result.result in _BAD for result in results)
    if as_json:
        counts = {word: sum(result.result == word for result in results) for word in FILE_RESULTS}
        print_document({"ok": not bad, **more, "counts": counts, "files": [_file_document(r) for r in results]})
    elif not results:
        say("没有要收的文件。 There is nothing to take in.")
    else:
        rows = [row for result in results for row in _rows(result)]
        print_table(("单位", "文件", "报送期", "结果", "说明", "下一步"), rows)
        counted = "，".join(
            f"{FILE_RESULTS[word]} {number}"
            for word in FILE_RESULTS
            if (number := sum(result.result == word for result in results))
        )
        say(f"{len(results)} 个文件：{counted}")
    if bad:
        raise typer.Exit(ExitCode.DATA_ERRORS)


def _rows(result: FileResult) -> list[list[object]]:
    """One line for each form in the file; the sentences of a form that was not taken, hints of one that was.

    What is odd about a file that was there already was said when it came first.
    """
    notes = "\n".join(note.message for note in result.notes)
    if not result.submissions:
        return [["", result.file_name, "", FILE_RESULTS[result.result], notes, _NEXT_STEPS[result.result]]]
    rows: list[list[object]] = []
    for submission in result.submissions:
        again = result.result == "duplicate"
        word = "duplicate" if again else submission.verdict.value
        rows.append(
            [
                submission.unit_name or "（无法认定）",
                result.file_name,
                submission.period,
                FILE_RESULTS[word],
                notes if again else _told(_sentences(submission)),
                _NEXT_STEPS[word],
            ]
        )
    return rows


def _sentences(submission: SubmissionResult) -> list[str]:
    """How much was read, then every reason once."""
    read = [f"读到 {n} {what}。" for n, what in ((submission.rows, "行"), (submission.parts, "部分")) if n]
    return [*read, *dict.fromkeys(reason.message for reason in submission.reasons if reason.message)]


def _told(sentences: Sequence[str]) -> str:
    """The first sentences, what made the verdict among them; the screen is no place for hundreds."""
    shown, left_out = sentences[:_MOST_SENTENCES], len(sentences) - _MOST_SENTENCES
    more = [f"……另有 {left_out} 条，用 --json 看全部。 {left_out} more with --json."] if left_out > 0 else []
    return "\n".join([*shown, *more])


def _file_document(result: FileResult) -> dict[str, Any]:
    return {
        "file_name": result.file_name,
        "file_path": result.file_path,
        "file_sha256": result.file_sha256,
        "campaign_id": result.campaign_id,
        "result": result.result,
        "duplicate_of": result.duplicate_of,
        "notes": [_reason(note) for note in result.notes],
        "submissions": [
            {
                "submission_id": submission.submission_id,
                "unit_id": submission.unit_id,
                "unit_name": submission.unit_name,
                "form_id": submission.form_id,
                "period": submission.period,
                "sheet_name": submission.sheet_name,
                "verdict": submission.verdict.value,
                "rows": submission.rows,
                "parts": submission.parts,
                "reasons": [_reason(reason) for reason in submission.reasons],
            }
            for submission in result.submissions
        ],
    }


def _reason(reason: Any) -> dict[str, Any]:
    return {
        "rule_code": reason.rule_code,
        "rule_class": reason.rule_class.value,
        "message": reason.message,
        "message_en": reason.message_en,
        "item_code": reason.item_code,
        "part": reason.part,
        "source_cell": reason.source_cell,
    }
