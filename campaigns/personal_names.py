"""Names of people in free text, where a label or a hidden number says that it is a name.

Belongs here: names behind labels such as 联系人：, and names that stand directly beside a hidden number behind a label
or in brackets. Does not belong here: the numbers themselves (personal_numbers.py, which goes first).

A name that stands alone is no different from any other two to four characters, so nothing is guessed elsewhere: a name
in the middle of a sentence stays, and so does a word beside a number that names an office or a role (应急局, 联系人).
"""

from __future__ import annotations

import re

from campaigns.phone_labels import PHONE_LABEL, PHONE_WORD

_HIDDEN_NAME = "***"
_LABELLED_NAME = re.compile(
    r"((?:填\s*表|审\s*核|经\s*办|联\s*系|联\s*络|签\s*字|举\s*报|投\s*诉|报\s*案)\s*(?:人|员)(?:员?姓名)?\s*[:：]\s*)"
    r"([\u4e00-\u9fff·]{2,8}|[A-Za-z][A-Za-z .]{1,30})"
)
_OFFICE_OR_LABEL = "室科局股处办组部队站所院厂司店校村镇街委会心厅线话机真报警询号式码区市县州省楼层系证件"
_NO_NAME = (
    "联系|联络|填表|填报|审核|经办|签字|举报|投诉|报案|负责|责任|当事|值班|安全|法人|主任|书记|经理|领导|微信|详情"
)
_NAME = rf"(?!{_NO_NAME})[\u4e00-\u9fff·]{{1,3}}(?![{_OFFICE_OR_LABEL}])[\u4e00-\u9fff]"
_NAME_ENDS = r"(?=[\s，,。；;、)）]|$)"
_NUMBER_LABEL = rf"(?:{PHONE_LABEL}|(?:身份证|公民身份)(?:证|号码?)*\s*[:：]?\s*)"
_NUMBER = r"(?:[(（]?\+?[0-9]{1,18}[)） \-－–—\u00a0\u3000]{0,3}){1,2}\*{4}[0-9* ]{0,8}(?:[-－–—/、转][0-9*]{1,8}){0,2}"
_LABEL = rf"(?:(?:人|员|长|主任|书记|经理|领导|姓名|{PHONE_WORD})\s*[:：]\s*)"
_BETWEEN = rf"[\s，,、/]{{0,3}}(?:{_NUMBER_LABEL})?"
_BEFORE = re.compile(rf"({_LABEL}|[(（]|{_NUMBER}[、;；]\s?)({_NAME})(?={_BETWEEN}{_NUMBER})", re.MULTILINE)
_BEFORE_BRACKET = re.compile(
    rf"(^|[\s，,。；;：:、(（]|联[系络][人员]|负责人)({_NAME})(?=\s?[(（]{_NUMBER_LABEL}?{_NUMBER})", re.MULTILINE
)
_BEHIND = re.compile(
    rf"({_LABEL}{_NUMBER}|[(（]{_NUMBER}[，,、/\s]?)({_NAME}){_NAME_ENDS}",
    re.MULTILINE,
)
_BEHIND_IN_BRACKETS = re.compile(rf"({_NUMBER}[(（])({_NAME})(?=[)）])")


def hide_labelled_names(text: str) -> str:
    """The text without names behind labels that announce nothing else."""
    return _LABELLED_NAME.sub(rf"\1{_HIDDEN_NAME}", text)


def hide_names_beside_numbers(text: str) -> str:
    """The text without names beside its hidden numbers."""
    if "****" not in text:
        return text
    for pattern in (_BEFORE, _BEFORE_BRACKET, _BEHIND, _BEHIND_IN_BRACKETS):
        text = pattern.sub(rf"\1{_HIDDEN_NAME}", text)
    return text
