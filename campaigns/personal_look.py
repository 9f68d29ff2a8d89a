"""The quick look that spares nearly every text: what stands in each of which something is hidden.

Belongs here: that pattern, for other engines, too, so without anything that only Python knows. Does not belong here:
what is hidden (personal_numbers.py, personal_names.py): those patterns take 30 ms to compile, and most runs need none.
"""

GAP = "[ \\-\u00a0\u3000]?"  # inside a number
_DIGIT = "[0-9０-９]"
_NUMBER = rf"(?:{_DIGIT}{GAP}){{10}}{_DIGIT}|[2-8２-８]{_DIGIT}{{2,3}}{GAP}{_DIGIT}{{4}}"
# a label that announces a name, or a number that is hidden already; engines do not agree on what white space is, so
# anything but words may stand before the colon
_NAME = r"[人员](?:员?姓名)?[^0-9A-Za-z一-鿿]*[:：]|\*{4}"
WORTH_A_LOOK = f"{_NAME}|{_NUMBER}"
