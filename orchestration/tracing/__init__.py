"""From a printed figure to the cells of files, and from a file to everything it reached.

Belongs here: traces of totals, rates, hazards, tasks and files. Does not belong here: printing a trace (commands),
comparing two nights (restating).
"""
