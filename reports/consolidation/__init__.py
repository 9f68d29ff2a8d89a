"""The consolidated tables (汇总表, 合计上报表) and the proof that what was printed is what was published.

Belongs here: figures with their marks, sheets around them, reading the workbook back. Does not belong here: official
texts (bulletins), boards of tasks and enterprises (boards).
"""
