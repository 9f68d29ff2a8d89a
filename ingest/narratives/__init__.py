"""Texts: narratives part by part, and one-off documents that are only registered.

Belongs here: headings, paragraphs, whose text it is. Does not belong here: tables (forms, lists), counting characters
(campaigns).
"""
