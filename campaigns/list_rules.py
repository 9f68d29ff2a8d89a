"""Questions asked of lists once all of them are in: against earlier periods, other units, the day a task was due.

Belongs here: code, class and sentence of each, and the forms it is asked of. Does not belong here: how it is found out
and the words about one row (SQL: int_outcomes__*), rules on figures (rules.yml), problems of reading (the ingest
package).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from campaigns.rule_question import version_of
from campaigns.vocabulary import Gate, RuleClass

if TYPE_CHECKING:
    from campaigns.model import Campaign, Form


@dataclass(frozen=True, slots=True)
class ListRule:
    """One question; `asked_of` says of which forms, `asked_in` in which campaigns. The code never changes.

    `revision` is raised whenever the SQL asks something else under the code: the question then has another version, and
    is on trial until a night has counted its hits. With `trial` it stays on trial after that, too.
    """

    code: str
    asked_of: Callable[[Form], bool]
    sentence: str
    sentence_en: str
    rule_class: RuleClass = RuleClass.VERIFICATION
    revision: int = 1
    trial: bool = False
    asked_in: Callable[[Campaign], bool] = lambda _: True


def _explains_status(form: Form) -> bool:
    return {"status", "reason"} <= {column.column_id for column in form.columns}


def _is_about_accidents(form: Form) -> bool:
    return form.subject == "accident"


def _tells_of_letters(form: Form) -> bool:
    """Hazard lists with letters or notices."""
    return any(_ledger_of(column)(form) for column in ("supervised_on", "notified_on"))


def _ledger_of(*columns: str) -> Callable[[Form], bool]:
    """Hazard lists that have these columns."""
    return lambda form: form.kind == "hazard_list" and set(columns) <= {column.column_id for column in form.columns}


LIST_RULES = (
    ListRule(
        "TL-2-01",
        _explains_status,
        "任务的完成状态比最近一次报的倒退的，应写明原因。",
        "A status that falls behind the last one reported needs a reason.",
    ),
    ListRule(
        "TL-2-02",
        _explains_status,
        "任务逾期未完成的，应写明原因。",
        "A task that is overdue and not done needs a reason.",
    ),
    ListRule(
        "AC-2-01",
        _is_about_accidents,
        "同一事故编号在各期写的发生日期应当一致。",
        "One accident number should have one date in all periods.",
    ),
    ListRule(
        "AC-2-02",
        _is_about_accidents,
        "几个单位报了同日、同一事故单位的事故的，应确认是否同一起。",
        "Accidents of one day and enterprise told by several units may be one accident.",
    ),
    ListRule(
        "EV-2-01",
        lambda form: form.kind == "event_list",
        "已发生的事，日期不应晚于收到情况表的日子；晚于的，不计入已做次数、起数和已结案。",
        "What has happened cannot be dated after the day the list was received; what is dated so is not counted.",
    ),
    ListRule(
        "RG-2-01",
        lambda form: form.kind == "register",
        "台账中的条目不应删去；不再有的，保留该行并填日期。",
        "Entries of a register are ended by a date, not left out.",
    ),
    ListRule(
        "HL-2-01",
        _ledger_of("found_on", "due_on"),
        "整改期限、督办期限不应早于发现日期。",
        "A deadline should not lie before the day the hazard was found.",
    ),
    ListRule(
        "HL-2-02",
        _ledger_of("found_on", "rectified_on"),
        "整改完成日期不应早于发现日期。",
        "A hazard cannot be rectified before it is found.",
    ),
    ListRule(
        "HL-2-03",
        _ledger_of("closed_on", "signed_off_by"),
        "销号应有监管部门审核签字，写明销号部门；没有写的，台账按已整改未销号计。",
        "Closing needs the sign-off of a regulator; without it a hazard counts as rectified, not as closed.",
    ),
    ListRule(
        "HL-2-04",
        _ledger_of("reopened_on", "rectified_on"),
        "重新挂账的隐患，之前应已整改完成或销号。",
        "Only a hazard that was rectified or closed can be reopened.",
    ),
    ListRule(
        "HL-2-05",
        _ledger_of("hazard_number"),
        "一个编号只用于一处隐患。",
        "One number stands for one hazard.",
    ),
    ListRule(
        "HL-2-06",
        _ledger_of("hazard"),
        "一处隐患只写一行、只用一个编号；像是同一处的，请单位确认。",
        "One hazard has one row and one number; rows that seem to be the same hazard are asked about.",
    ),
    ListRule(
        "HL-2-07",
        _ledger_of("hazard"),
        "一份清单里同一处隐患不应写两行（上月的行没有删），台账按进展较新的一行计，一样的按新写的一行计。",
        "A hazard should not stand twice in one list; the latest progress counts, of two as far the row written anew.",
    ),
    ListRule(
        "HL-2-08",
        _ledger_of("found_on"),
        "发现、报告、挂牌、整改、验收、销号、回头看的日期应当前后相承，延期不早于原期限；摘牌不早于挂牌；"
        "函告、通知在发现之后、销号之前。",
        "Finding, reporting, listing, rectifying, verifying, closing and looking back follow each other; delisting "
        "follows listing; letters and notices lie between finding and closing.",
        revision=2,
    ),
    ListRule(
        "HL-2-09",
        _ledger_of("rectified_on"),
        "验收、销号、回头看的隐患，应填整改完成日期，已销号而没有填的，存量自销号之日减；"
        "有回头看结果的，应填回头看日期；摘牌的，应填挂牌日期。",
        "What was verified, closed or looked back at has a day on which it was rectified, else it leaves the stock "
        "when it is closed; a result has its day; what was delisted has a day on which it was listed.",
        revision=2,
    ),
    ListRule(
        "HL-2-10",
        _ledger_of("found_on"),
        "已发生的事，日期不应晚于收到清单的日子。",
        "What has happened cannot be dated after the day the list was received.",
        revision=2,
    ),
    ListRule(
        "HL-2-11",
        _tells_of_letters,
        "督办（交办）函、函告应有日期；通知到人的，应有日期，写明通知的是主要负责人还是实际控制人。",
        "A supervision letter has its day; a notice has its day and says whether it reached principal or controller.",
    ),
    ListRule(
        "HL-2-12",
        _ledger_of("source", "inspectors"),
        "检查发现的隐患，应写明检查人员：谁检查、谁签名、谁负责。",
        "A hazard found by an inspection names its inspectors: who inspects signs, and answers for it.",
    ),
    ListRule(
        "HL-2-13",
        _ledger_of("criterion", "found_on"),
        "判定依据应是发现之日施行的判定标准或重点事项；有判定标准清单的专项行动才问。",
        "A hazard is judged by a criterion in force on the day it was found; asked where a campaign lists criteria.",
        asked_in=lambda campaign: bool(campaign.criteria),
    ),
    ListRule(
        "HL-2-14",
        _ledger_of("found_on", "closed_on"),
        "已销号的隐患不应改写发现日期；发现日期晚于销号的，台账按又被发现重新打开，最早的发现日期不变。",
        "A closed hazard keeps its day of finding; a later one counts as a reopening on that day, and the first stays.",
    ),
    ListRule(
        "HL-2-15",
        _ledger_of("hazard"),
        "重报整份清单（上期未销号的至少列了一半）的，未销号的隐患都应列；少列的只在第一次问，台账仍按原状计。",
        "A list sent anew, with at least half of the hazards not closed in the last one, has all of them; one left out "
        "is asked about once, and the ledger keeps it as it was.",
    ),
    ListRule(
        "HL-2-16",
        _ledger_of("rectified_on"),
        "上期填过的整改完成日期、销号日期，本期仍应填；两者都没有的，台账自本期起按重新打开计，补填后仍按原日期计。",
        "A day of rectifying or closing stays in later lists; without either the hazard counts as reopened until the "
        "day is filled in again.",
    ),
)


def list_rule_rows(campaign: Campaign) -> list[dict[str, Any]]:
    """Rows of the raw table `rules`: one for each form and each question asked of it."""
    return [
        {
            "form_id": form.form_id,
            "rule_code": rule.code,
            "rule_version": version_of(f"{form.form_id} {rule.code} {rule.revision}"),
            "rule_class": rule.rule_class.value,
            "gate": Gate.FACTS.value,
            "expect": None,
            "question": None,  # decided anew every night by SQL, never proved against a stored text
            "sentence": rule.sentence,
            "clause": form.clause,
            "is_trial": rule.trial,
        }
        for form in campaign.forms
        for rule in LIST_RULES
        if rule.asked_in(campaign) and rule.asked_of(form)
    ]
