"""Official forms from the form spec: blank, prefilled, or holding the totals.

Belongs here: the names other packages use. Does not belong here: layout (form_layout.py), drawing (form_xlsx.py,
form_docx.py).
"""

from __future__ import annotations

from reports.form_docx import write_form_docx
from reports.form_layout import MARKER_NAME, FormContent, marker
from reports.form_xlsx import write_form_xlsx

__all__ = ["MARKER_NAME", "FormContent", "marker", "write_form_docx", "write_form_xlsx"]
