"""One file that an office sends: a list, a text or a form with figures, written as offices write it.

Belongs here: the record and the bytes of one file. Does not belong here: who sends what when (senders.py), what stands
in it (contents.py), what happens to it (office_run.py). The city of 海城 has records of its own (mailings.py).
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

from campaigns.model import Campaign, Form

Row = Mapping[str, str | Decimal | date]  # a line of a list, by column
_SIGNED = ("测试员甲", "测试员乙")  # nobody real signs anything here


@dataclass(frozen=True)
class Content:
    """What stands in a form: lines of a list, headings of a text with what stands below, or numbers of a table."""

    rows: tuple[Row, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)

    @property
    def says_something(self) -> bool:
        return bool(self.rows or self.parts or self.figures)


@dataclass(frozen=True)
class Letter:
    """One file; what it is comes from its form and the ending of its name.

    `typed` is a list typed by the office itself, without the hidden marker of our forms; `verdict` is what gate 1 must
    say.
    """

    arrives: datetime
    name: str
    form_id: str
    unit_id: str  # empty for a unit on no roster
    unit: str  # as the office writes itself
    period: str
    filled_on: date
    content: Content
    typed: bool = False
    verdict: Literal["accepted", "returned", "quarantined"] = "accepted"

    def emptied(self) -> Letter:
        """The same form sent with nothing in it, as happens; it is returned."""
        return replace(self, content=Content(), verdict="returned")

    def written(self, campaign: Campaign) -> bytes:
        """The bytes of the file."""
        form = campaign.form(self.form_id)
        if form.kind in ("narrative", "document"):
            return self._text(form)
        return self._csv(form) if self.name.endswith(".csv") else self._form(campaign, form)

    def _form(self, campaign: Campaign, form: Form) -> bytes:
        from reports.blank_forms.forms import FormContent, form_writers

        filler, reviewer = _SIGNED
        content = FormContent(
            unit_id="" if self.typed else self.unit_id,
            unit_name=self.unit,
            period=self.period,
            filled_on=self.filled_on,
            filler=filler,
            reviewer=reviewer,
            entries=self.content.figures,
            rows=self.content.rows,
            own_rows=True,
        )
        write = form_writers(form)[self.name.rpartition(".")[2]]
        with tempfile.TemporaryDirectory() as folder:
            return write(Path(folder) / "form", campaign, form, content).read_bytes()

    def _text(self, form: Form) -> bytes:
        import docx

        document = docx.Document()
        for line in (form.title, f"填报单位：{self.unit}", f"报送期：{said(self.period)}"):
            document.add_paragraph(line)
        for number, (heading, text) in enumerate(self.content.parts.items()):
            document.add_paragraph(f"{'一二三四五六'[number]}、{heading}")
            document.add_paragraph(text)
        document.add_paragraph(_day(self.filled_on))
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    def _csv(self, form: Form) -> bytes:
        rows = self.content.rows
        used = [one for one in form.columns if not rows or one.required or any(one.column_id in row for row in rows)]
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow([form.title])
        writer.writerow([f"填报单位：{self.unit}", f"报送期：{said(self.period)}", f"填报时间：{_day(self.filled_on)}"])
        writer.writerow([column.label for column in used])
        writer.writerows([[_written(row.get(column.column_id, "")) for column in used] for row in rows])
        return stream.getvalue().encode("gb18030")


def _written(value: str | Decimal | date) -> str:
    return _day(value) if isinstance(value, date) else str(value)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def said(period: str) -> str:
    """The period as people write it: 2024年5月, 2024年第2季度."""
    if "Q" in period:
        return f"{period[:4]}年第{period[-1]}季度"
    return f"{period[:4]}年{int(period[5:])}月" if "-" in period else f"{period}年"
