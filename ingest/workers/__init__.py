"""Reading in a process of its own, under limits, replaced when a file has killed it.

Belongs here: the worker, the pipes to it, its supervisor. Does not belong here: what is read in it (parse.py), the
order of an intake (intake.py).
"""
