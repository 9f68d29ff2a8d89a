"""Files → typed cells with addresses → raw zone.

Belongs here: receipts, the archive, reading files of any format, finding the form, the raw zone. Does not belong
here: judging figures against rules (expectations), SQL, reports, Dagster.
"""
