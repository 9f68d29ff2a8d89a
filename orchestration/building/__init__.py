"""From the raw zone to a published snapshot: dbt, the database, the engines, proof and publishing.

Belongs here: one build of one home, now or as of a past day. Does not belong here: the order of a night (nightly.py),
answers about what was published (tracing).
"""
