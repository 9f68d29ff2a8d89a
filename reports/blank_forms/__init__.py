"""Blank and prefilled forms from the form spec, as xlsx and docx.

Belongs here: official layout, input cells, hints, markers. Does not belong here: answers to what was sent (returns),
figures of reports.
"""
