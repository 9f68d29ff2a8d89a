"""What goes back to the sender: marked copies, the one-page 退回单, the questions of a 核实单.

Belongs here: the sender's own file with marks, slips, letters. Does not belong here: consolidated reports, sending
(orchestration).
"""
