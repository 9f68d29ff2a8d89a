"""The office's mailbox: fetching, taking mails apart, keeping them until they are taken in.

Belongs here: IMAP, the structure of a mail, the spool. Does not belong here: files that lie in folders (receiving),
sending anything (orchestration).
"""
