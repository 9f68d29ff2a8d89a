"""Material about informants (举报人): recognised, so that nothing of it is read, told or copied.

Belongs here: by what a file gives itself away. Does not belong here: what follows (reading.py, quarantine.py). Of
reports from the public the ledger holds counts and sums that an official form asks for, never who reported what
(海城方案 六（五）, 安监总财〔2018〕19号).

A file that holds such material is kept out as a whole, also where an official form stands beside it: the unit sends the
form again without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from campaigns.model import Campaign
from ingest.files.grid import Contents, Grid
from ingest.words.labels import label_key

NEUTRAL_STEM = "举报材料"
_PERSON = r"(?:举报|检举|投诉|报案)人"
_HEAD = re.compile(
    rf"{_PERSON}(?:员)?(?:的)?(?:姓名|名称|(?:联系|手机)?电话(?:号码)?|手机(?:号码?)?|联系方式|身份证(?:号码?)?|住址|地址"
    r"|单位|信息|情况|诉求)*(?:[:：].*)?"
)
_LIST = re.compile(r"(?:举报|检举).{0,8}(?:台账|登记|清单|线索|受理|明细|名单|材料|信件|记录|发放|内容)")
_BY_NAME = re.compile(r"举报|检举")
_HARMLESS_NAME = re.compile(r"举报(?:奖励)?(?:制度|办法|方案|通知|公告|电话|渠道|方式|宣传)")
_ANY_WORD = re.compile(r"举\s*报|检\s*举|投\s*诉|报\s*案")
_TITLE_ROWS = 4
_LONGEST_TITLE = 40


def is_named_after_informants(names: Iterable[str], campaign: Campaign | None) -> bool:
    """Whether a file's name, or a folder's around it, speaks of reports from the public.

    A form of the campaign that has the word in its title is no such material, nor is a regulation about reporting.
    """
    forms = campaign.forms if campaign else ()
    return any(
        _BY_NAME.search(name)
        and not _HARMLESS_NAME.search(name)
        and not any(label_key(form.title) in label_key(name) for form in forms)
        for name in names
    )


def holds_informants(contents: Contents, campaign: Campaign) -> bool:
    """Whether any sheet, hidden or not, or any line of text is about informants."""
    asked_for = {column.label for form in campaign.forms for column in form.columns}
    lines = (_tight(text) for text in contents.paragraphs)
    return any(_HEAD.fullmatch(line) for line in lines) or any(_is_about(grid, asked_for) for grid in contents.grids)


def may_speak_of_informants(text: str) -> bool:
    """Whether a text of a sheet has a word without which it is surely not about informants."""
    return _ANY_WORD.search(text) is not None


def neutral_name(file_name: str) -> str:
    """A name that says what kind of file it is and nothing of what its own name says."""
    return NEUTRAL_STEM + PurePath(file_name).suffix[:8]


def _is_about(grid: Grid, asked_for: set[str]) -> bool:
    if _LIST.search(grid.name):
        return True
    for number, row in enumerate(grid.rows):
        for value in row:
            if not isinstance(value, str) or (not _BY_NAME.search(value) and "人" not in value):
                continue
            text = _tight(value)
            if _HEAD.fullmatch(text) and text not in asked_for:
                return True
            if number < _TITLE_ROWS and len(text) <= _LONGEST_TITLE and _LIST.search(text) and text not in asked_for:
                return True
    return False


def _tight(text: str) -> str:
    return "".join(text.split())
