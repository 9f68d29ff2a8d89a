"""Indicator tables: from the cells found to typed figures, once each, with addresses and problems.

Belongs here: figures, versions of a form, what differs from the nearest version, explanations. Does not belong here:
lists (lists), texts (narratives), rules (expectations).
"""
