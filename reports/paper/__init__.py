"""How things are printed, whatever they are: workbooks, Word pages, tables, wording, safe texts, reading them back.

Belongs here: what every kind of report shares. Does not belong here: what a certain report says.
"""
