"""Errors whose message is a sentence for people.

Belongs here: the one base class. Does not belong here: errors of other packages, which bring their own sentences.
"""

from __future__ import annotations


class PlainError(Exception):
    """Something the user can put right; the message says in Chinese and English what is wrong and what to do."""
