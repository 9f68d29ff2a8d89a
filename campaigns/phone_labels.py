"""Words that announce a telephone number in running text.

Belongs here: the labels as a pattern. Does not belong here: columns of forms for telephones (their aliases stand in the
form), numbers and names (personal_numbers.py, personal_names.py).
"""

PHONE_WORD = r"(?:电\s*话|座\s*机|手\s*机|传\s*真|热线|联[系络]方式|(?i:tel|phone))(?:号码?)?"
PHONE_LABEL = rf"(?:{PHONE_WORD}\s*[.:：]?\s*)"
