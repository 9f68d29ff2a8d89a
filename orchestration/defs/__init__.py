"""Dagster's view of the night; loaded folder-wise by orchestration.definitions, so there is no list to keep.

Belongs here: thin assets, checks, jobs, schedules, sensors. Does not belong here: logic; each body calls one step.
"""
