"""What a text says: numbers, figures, dates, labels, names, a form's own words for none and blank.

Belongs here: pure functions from one text or cell to its meaning. Does not belong here: where on a sheet it stands
(layouts), what follows from it (forms, lists).
"""
