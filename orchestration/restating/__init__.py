"""What changed between two nights, from which file, when and why.

Belongs here: nights compared, the causes of every change. Does not belong here: building them (building), printing
the list (commands, reports).
"""
