"""Bytes before anything else: finding the files people sent, keeping every byte, telling what could not be taken.

Belongs here: the inbox, receipts, the archive, the quarantine and the journal that survives a kill. Does not belong
here: opening a file (files), mail (mail), what a file says.
"""
