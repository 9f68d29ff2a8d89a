"""Invented hazards of an invented province, and what is true of them: the yardstick of the ledger's joins.

Belongs here: the life of each hazard, how each of its reports is worded, which reports are the same hazard. Does not
belong here: lists and forms made of them (generated_province.py), measuring (hazards.py). Everything is synthetic.

A report is what one unit says of one hazard. Planted beside plain ones: descriptions reworded from some month on, the
same hazard in a department's list (half of them with the area before the enterprise's name), hazards that relapse, the
same words found again months later (another hazard), and twins that differ in one digit (another hazard too).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pyarrow as pa

from campaigns.strict import as_compared
from ingest.hazards.hazard_identity import enterprise_key


def _words(text: str) -> list[str]:
    return text.split()


_PLACES = _words("一车间 二车间 喷漆房 配电室 锅炉房 液氨机房 危化品仓库 员工宿舍 食堂后厨 污水站 除尘间 装卸区 储罐区")
_PROBLEMS = _words(
    "未设置可燃气体报警装置 未安装防爆电气 安全出口上锁 消防通道堵塞 电气线路私拉乱接 未设置泄漏报警装置 联锁装置停用 "
    "动火作业未审批 有限空间未设警示标志 粉尘未及时清理 应急照明损坏 压力容器未定期检验 未按规定设置防雷接地 无证上岗"
)
_DETAILS = _words(
    "风管积尘严重 现场无人监护 警示标识缺失 台账记录不全 操作规程未上墙 灭火器压力不足 地面有明显油污 管线接头松动 "
    "通风设施未开启 防护罩缺失 报警器未接入值班室 检测报告过期 作业人员未佩戴防护用品 与生活区未分隔"
)
_TRADES = _words("化工 服装 机械 食品 冷链 家具 铸造 包装 物流 建材 纺织 电子 塑业 商贸 酒店 养殖")
AREA = "海城市"  # of the campaign that the generated one is made of
_SYLLABLES = "金华永盛福泰瑞恒兴隆宏达鑫源博远海川嘉和润丰天成"
_SOURCES = ("self_check", "self_check", "inspection", "informant")
_MAJOR_SHARE = 0.8
_PER_MILLE = {"numbered": 600, "same_visit": 250, "reworded": 150, "shared": 50, "repeat": 30, "twin": 30}
_LIFE_PER_MILLE = {"listed": 150, "rectified": 800, "closed": 900, "relapsed": 50}  # the last two of the rectified


@dataclass(frozen=True, slots=True)
class Report:
    """One unit's reports of one hazard. `hazard` is the truth inside a unit, `shared_hazard` also across units.

    Days are those of its life, whatever month they fall in; from `second_from` on the second wording is used.
    """

    hazard: int
    shared_hazard: int
    unit_id: str
    number: str
    enterprise: str
    wording: str
    second_wording: str | None
    second_from: date | None
    found_on: date
    level: str
    source: str
    listed_on: date | None = None
    rectified_on: date | None = None
    closed_on: date | None = None
    reopened_on: date | None = None
    rectified_again_on: date | None = None


_TEXT, _DAY, _COUNT = pa.string(), pa.date32(), pa.int64()
_KEYS = {"number_key": _TEXT, "enterprise_key": _TEXT, "wording_key": _TEXT, "second_key": _TEXT}
_NUMBERS = ("hazard", "shared_hazard")
_DAYS_OF_A_LIFE = ("listed_on", "rectified_on", "closed_on", "reopened_on", "rectified_again_on")
_DAYS = tuple(field for field in Report.__slots__ if field.endswith(("_on", "_from")))
PLANTED = pa.schema(
    {name: _COUNT if name in _NUMBERS else _DAY if name in _DAYS else _TEXT for name in Report.__slots__} | _KEYS
)
DIFFERENCES = pa.schema(
    {"unit_id": _TEXT, "period": _TEXT, "item_code": _TEXT, "form_value": _COUNT, "ledger_value": _COUNT}
)


def as_row(report: Report) -> dict[str, Any]:
    """A report with the keys that lines are compared by, as a reader of files makes them."""
    return {
        **asdict(report),
        "number_key": as_compared(report.number),
        "enterprise_key": enterprise_key(report.enterprise),
        "wording_key": as_compared(report.wording),
        "second_key": as_compared(report.second_wording or ""),
    }


class Planted:
    """Reports of one unit after the other; the same seed, the same reports."""

    def __init__(self, months: list[date], a_month: float, departments: list[str], seed: int = 20230624) -> None:
        self._months, self._a_month, self._departments = months, a_month, departments
        self._random = Random(seed)
        self._count = 0

    def of_unit(self, unit_id: str) -> Iterator[Report]:
        """All reports of a unit's hazards, a department's reports of them among them."""
        enterprises = [self._enterprise() for _ in range(20)]
        visit = (enterprises[0], self._day(self._months[0]))
        for month in self._months:
            for _ in range(self._how_many()):
                if not self._happens("same_visit") or visit[1].month != month.month:
                    visit = (self._random.choice(enterprises), self._day(month))
                report = self._report(unit_id, *visit)
                yield report
                yield from self._beside(report)

    def _beside(self, report: Report) -> Iterator[Report]:
        if self._happens("shared"):
            yield self._of_department(report)
        if self._happens("repeat"):
            later = report.found_on + timedelta(days=self._random.randint(40, 90))
            if later <= self._months[-1]:
                yield self._lived(
                    replace(self._numbered(report), found_on=later, second_wording=None, second_from=None)
                )
        if self._happens("twin"):
            words = {name: report.wording.replace("，", f"，{n}号", 1) for n, name in ((1, "wording"), (2, "other"))}
            one = replace(self._numbered(report), wording=words["wording"], second_wording=None, second_from=None)
            other = replace(self._numbered(report), wording=words["other"], second_wording=None, second_from=None)
            yield self._lived(one)
            yield self._lived(other)

    def _report(self, unit_id: str, enterprise: str, found_on: date) -> Report:
        choose = self._random.choice
        wording = f"{choose(_PLACES)}{choose(_PROBLEMS)}，{choose(_DETAILS)}"
        blank = Report(
            hazard=0,
            shared_hazard=0,
            unit_id=unit_id,
            number="",
            enterprise=enterprise,
            wording=wording,
            second_wording=None,
            second_from=None,
            found_on=found_on,
            level="major" if self._random.random() < _MAJOR_SHARE else "general",
            source=choose(_SOURCES),
        )
        report = self._numbered(blank)
        if self._happens("reworded"):
            second_from = found_on + timedelta(days=self._random.randint(20, 100))
            report = replace(report, second_wording=self._reworded(wording), second_from=second_from)
        return self._lived(report)

    def _numbered(self, report: Report) -> Report:
        """Another hazard, with a number of its own or none."""
        self._count += 1
        number = f"YH-{self._count:08d}" if self._happens("numbered") else ""
        return replace(report, hazard=self._count, shared_hazard=self._count, number=number)

    def _of_department(self, report: Report) -> Report:
        self._count += 1
        legal_form = self._random.choice(("有限公司", "有限责任公司", ""))
        area = self._random.choice((AREA, ""))
        return replace(
            report,
            hazard=self._count,
            unit_id=self._random.choice(self._departments),
            number="",
            enterprise=area + report.enterprise.removesuffix("有限公司") + legal_form,
            wording=self._reworded(report.wording),
            second_wording=None,
            second_from=None,
            found_on=report.found_on + timedelta(days=self._random.choice((0, 0, 0, 0, 1))),
            source="inspection",
        )

    def _lived(self, report: Report) -> Report:
        """With the days of its life after it was found, whatever life it was copied from."""
        random, life = self._random, _LIFE_PER_MILLE
        report = replace(report, **dict.fromkeys(_DAYS_OF_A_LIFE))
        if random.randrange(1000) < life["listed"]:
            report = replace(report, listed_on=report.found_on + timedelta(days=random.randint(1, 30)))
        if random.randrange(1000) >= life["rectified"]:
            return report
        rectified_on = report.found_on + timedelta(days=random.randint(3, 120))
        is_closed = random.randrange(1000) < life["closed"]
        closed_on = rectified_on + timedelta(days=random.randint(1, 20)) if is_closed else None
        report = replace(report, rectified_on=rectified_on, closed_on=closed_on)
        if random.randrange(1000) < life["relapsed"]:
            reopened_on = (closed_on or rectified_on) + timedelta(days=random.randint(30, 90))
            again = reopened_on + timedelta(days=random.randint(5, 40))
            report = replace(report, reopened_on=reopened_on, rectified_again_on=again)
        return report

    def _reworded(self, wording: str) -> str:
        where, _, detail = wording.partition("，")
        return self._random.choice(
            (
                f"检查发现{where}，{detail}",
                f"{where.replace('未', '没有', 1)}，{detail}",
                f"{where}，且{detail}，存在安全隐患",
                f"{where}、{detail}",
                f"{detail}，{where}",
                where,
            )
        )

    def _enterprise(self) -> str:
        syllables = "".join(self._random.sample(_SYLLABLES, 3))
        return f"{syllables}{self._random.choice(_TRADES)}有限公司"

    def _how_many(self) -> int:
        whole, rest = divmod(self._a_month, 1)
        return int(whole) + (self._random.random() < rest)

    def _day(self, month: date) -> date:
        """A day of the month that its list still tells of."""
        return month.replace(day=self._random.randint(1, 24))

    def _happens(self, what: str) -> bool:
        return self._random.randrange(1000) < _PER_MILLE[what]
