"""Files of any kind → grids of values with addresses.

Belongs here: the guard, containers, one reader for each format. Does not belong here: what the values mean (words),
where a form stands (layouts).
"""
