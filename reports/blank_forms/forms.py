"""Official forms from the form spec: blank, prefilled, or holding the totals.

Belongs here: the names other packages use, and which writer draws which kind of form. Does not belong here: layout
(form_layout.py, list_layout.py), drawing (form_xlsx.py, form_docx.py, list_xlsx.py, list_docx.py, text_docx.py,
text_xlsx.py).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from campaigns.form_columns import LIST_KINDS
from campaigns.model import Campaign, Form
from reports.blank_forms.form_docx import write_form_docx
from reports.blank_forms.form_layout import MARKER_NAME, FormContent, ListRow, marker
from reports.blank_forms.form_xlsx import write_form_xlsx
from reports.blank_forms.list_docx import write_list_docx
from reports.blank_forms.list_xlsx import write_list_xlsx
from reports.blank_forms.text_docx import write_text_docx
from reports.blank_forms.text_xlsx import write_text_xlsx

__all__ = ["MARKER_NAME", "FormContent", "ListRow", "form_writers", "marker", "write_form_docx", "write_form_xlsx"]

FormWriter = Callable[[Path, Campaign, Form, FormContent], Path]


def form_writers(form: Form) -> dict[str, FormWriter]:
    """The writers of a form by file format, the usual format first: plans and summaries are written in Word only."""
    if form.kind == "indicator_table":
        return {"xlsx": write_form_xlsx, "docx": write_form_docx}
    if form.kind in LIST_KINDS:
        return {"xlsx": write_list_xlsx, "docx": write_list_docx}
    if form.kind == "narrative":
        return {"docx": write_text_docx, "xlsx": write_text_xlsx}
    return {"docx": write_text_docx}
