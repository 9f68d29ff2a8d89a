"""Published marts → files people open (xlsx, docx), and blank forms from the form spec.

Belongs here: layout, and reading the finished file back to prove it. Does not belong here: arithmetic (the rpt_
models do it), reading submissions, Dagster.
"""
