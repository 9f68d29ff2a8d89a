"""Hazard lines, and which of them speak of the same hazard.

Belongs here: typed lines, blocking, comparing, stored pairs. Does not belong here: reading lists (lists), what a
hazard went through (SQL).
"""
