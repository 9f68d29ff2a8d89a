"""One file that an office sends: a list, a text or a form with figures, written as offices write it.

Belongs here: the record and the bytes of one file. Does not belong here: who sends what when (offices/), what happens
to it (office_run.py). The city of 海城 has records of its own (mailings.py): hundreds of files out of habits.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from campaigns.model import Campaign, Form

Row = Mapping[str, str | Decimal | date]  # a line of a list, by column
_SIGNED = ("测试员甲", "测试员乙")  # nobody real signs anything here


@dataclass(frozen=True)
class Letter:
    """One file; what it is comes from its form and the ending of its name.

    `rows` are lines of a list, `parts` headings of a text with what stands below them, `figures` numbers of an
    indicator table. `typed` is a list or text typed by the office itself, without the hidden marker of our forms.
    """

    arrives: datetime
    name: str
    form_id: str
    unit: str  # as the office writes itself
    period: str
    filled_on: date
    rows: tuple[Row, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    typed: bool = False

    def content(self, campaign: Campaign) -> bytes:
        """The bytes of the file."""
        form = campaign.form(self.form_id)
        if form.kind in ("narrative", "document"):
            return self._text(form)
        return self._csv(form) if self.name.endswith(".csv") else self._form(campaign, form)

    def _form(self, campaign: Campaign, form: Form) -> bytes:
        from reports.blank_forms.forms import FormContent, form_writers

        unit_id = campaign.directory().unit_id(self.unit) or ""
        filler, reviewer = _SIGNED
        content = FormContent(
            unit_id="" if self.typed else unit_id,
            unit_name=self.unit,
            period=self.period,
            filled_on=self.filled_on,
            filler=filler,
            reviewer=reviewer,
            entries=self.figures,
            rows=self.rows,
            own_rows=True,
        )
        write = form_writers(form)[self.name.rpartition(".")[2]]
        with tempfile.TemporaryDirectory() as folder:
            return write(Path(folder) / "form", campaign, form, content).read_bytes()

    def _text(self, form: Form) -> bytes:
        import docx

        document = docx.Document()
        for line in (form.title, f"填报单位：{self.unit}", f"报送期：{_said(self.period)}"):
            document.add_paragraph(line)
        for number, (heading, text) in enumerate(self.parts.items()):
            document.add_paragraph(f"{'一二三四五六'[number]}、{heading}")
            document.add_paragraph(text)
        document.add_paragraph(_day(self.filled_on))
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    def _csv(self, form: Form) -> bytes:
        used = [column for column in form.columns if any(column.column_id in row for row in self.rows)]
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow([form.title])
        writer.writerow(
            [f"填报单位：{self.unit}", f"报送期：{_said(self.period)}", f"填报时间：{_day(self.filled_on)}"]
        )
        writer.writerow([column.label for column in used])
        writer.writerows([[_written(row.get(column.column_id, "")) for column in used] for row in self.rows])
        return stream.getvalue().encode("gb18030")


def _written(value: str | Decimal | date) -> str:
    return _day(value) if isinstance(value, date) else str(value)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _said(period: str) -> str:
    """The period as people write it: 2024年5月, 2024年第2季度."""
    if "Q" in period:
        return f"{period[:4]}年第{period[-1]}季度"
    return f"{period[:4]}年{int(period[5:])}月" if "-" in period else f"{period}年"
