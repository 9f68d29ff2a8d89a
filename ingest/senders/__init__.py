"""Whose form it is and for which period.

Belongs here: stamps, markers, fill dates, and the judgement over all of them. Does not belong here: finding the form
(layouts), its contents (forms, lists, narratives).
"""
