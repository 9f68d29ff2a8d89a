"""Official texts: bulletins and evaluations in the layout of GB/T 9704, every figure bound to a mart.

Belongs here: chapters, sentences, tables inside texts, and their proof. Does not belong here: workbooks
(consolidation, boards).
"""
