"""Where forms and lists stand on a grid: heads, labels, and the cells that belong to them.

Belongs here: searching a grid. Does not belong here: taking figures from the cells found (forms, lists), whose form
it is (senders).
"""
