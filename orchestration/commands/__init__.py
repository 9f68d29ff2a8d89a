"""The commands of `taizhang`, one small module per group; each is a thin face on plain functions.

Belongs here: options, help texts, tables on the screen, exit codes. Does not belong here: what a command does
(status.py, trace.py, nightly.py and the other packages).
"""
