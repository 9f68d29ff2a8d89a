"""Workbooks of lists: tasks by item, unit and leader; enterprises; suggestions for visits.

Belongs here: rows of the published marts as sheets, and their proof. Does not belong here: indicator tables
(consolidation), texts (bulletins).
"""
