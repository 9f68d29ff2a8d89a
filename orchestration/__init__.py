"""Dagster definitions and the command line; thin.

Belongs here: the order of the night, the home directory, commands. Does not belong here: parsing, rules, SQL, layout.
"""
