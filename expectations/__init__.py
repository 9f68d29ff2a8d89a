"""Rules → outcomes. One definition of a rule serves the clerk's check, gate 1, gate 2 and Great Expectations.

Belongs here: compiling and running the rules of a campaign. Does not belong here: the rules themselves (campaigns),
reading files, SQL. Only this package imports great_expectations, and only inside functions.
"""
