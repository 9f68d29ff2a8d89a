"""The words in cells of lists that say something other than a value: none, blank, not applicable, yes and no.

Belongs here: those words for forms that do not bring their own (`cell_texts`). Does not belong here: values
(list_values.py), indicator tables, whose forms always bring their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from campaigns.model import CellTexts, Form
from ingest.words.cell_words import TRAILING, plain_text, words_of

_NONE = re.compile(
    r"(?:(?:本|我)(?:单位|部门|局|镇|街道|乡|公司|企业|辖区|区))?(?:本|当|该)?(?:月|期|季度|季|年度|年|半年|周|次)?"
    r"(?:无|暂无|没有|未发生|未发现|未开展|未召开|零报告|零事故|无新增|无需报送)"
    r"(?:生产|安全|新增|此类|相关|有关|报送|需报|重大|事故|隐患|情况|内容|事项|变化|会议|检查|活动|变动|报告|的)*"
)

_UNDECIDED = re.compile(r"待(?:定|明确|确定|落实|制定)|(?:尚)?未(?:明确|确定|落实|制定)|正在制定")

_ZERO = re.compile(r"[0０](?:[.．][0０]+)?")  # in CSV a number is a text


@cache
def _usual_words() -> CellTexts:
    return CellTexts(
        zero=(
            *("无", "零", "〇", "零报告", "没有", "暂无", "未发现", "未发生"),
            *("无此情况", "无此类情况", "本月无", "当月无"),
        ),
        blank=("—", "——", "–", "-", "--", "空", "未填", "待填", "待报"),
        not_applicable=("/", "／", "\\", "不涉及", "不适用", "N/A", "NA"),
        yes=("是", "有", "已签订", "已建", "已建立", "已制定", "√", "✓", "✔", "☑", "Y", "YES"),
        no=("否", "无", "未签订", "未建", "未建立", "未制定", "没有", "不是", "×", "✗", "✘", "N", "NO"),
    )


def words_for(form: Form) -> CellTexts:
    """The form's own words, or the usual ones."""
    return form.cell_texts or _usual_words()


@lru_cache(maxsize=4096)
def is_none(text: str) -> bool:
    """Whether a text says that there is nothing to report (`本月无`, `本季度未发生生产安全事故`)."""
    plain = plain_text(text).rstrip(TRAILING)
    return _NONE.fullmatch(plain) is not None or plain in ("零", "〇")


@lru_cache(maxsize=4096)
def names_nothing(text: str) -> bool:
    """Whether a text says that there is nothing or nobody to name (`无`, `/`, `—`)."""
    words = words_of(_usual_words())
    return is_none(text) or plain_text(text) in words.blank | words.not_applicable


def is_undecided(text: str) -> bool:
    """Whether a text says that what it should name is not there yet (`待定`, `未制定`)."""
    plain = plain_text(text).rstrip(TRAILING)
    return _UNDECIDED.fullmatch(plain) is not None or plain in words_of(_usual_words()).no


def says_none(values: Sequence[Any]) -> bool:
    """Whether the filled cells of a row say, all together, that there is nothing to report."""
    texts = [value for value in values if isinstance(value, str)]
    zeros = [value for value in values if value == 0 and not isinstance(value, str | bool)]
    said = [text for text in texts if is_none(text)]
    rest = [text for text in texts if not names_nothing(text) and not _ZERO.fullmatch(text.strip())]
    return bool(said) and not rest and len(texts) + len(zeros) == len(values)
