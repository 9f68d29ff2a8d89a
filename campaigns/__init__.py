"""Campaigns as data: the model, its loader, the reporting calendar, and one folder for each campaign.

Belongs here: what the governing documents say (rosters, forms, duties, rules, readings of contradictions) and the
words every other package shares. Does not belong here: files received, SQL, report layout; this package imports
no other package of the house.
"""
