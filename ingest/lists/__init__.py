"""Lists (tasks, registers, events, liaison, hazards): from rows to typed cells, with the key of every row.

Belongs here: rows and cells of lists and their problems. Does not belong here: figures of indicator tables (forms),
who is the same hazard (hazards).
"""
