"""The append-only raw zone: the columns of its tables, and batches that become visible whole or not at all.

Belongs here: columns, Parquet, what is stored already. Does not belong here: making rows from what was read
(submission_rows.py), SQL.
"""
