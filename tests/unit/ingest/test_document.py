"""One-off documents, and the duties that decide whether a form is owed at all."""

import base64
import io
from datetime import date
from typing import Any

import docx
import pytest

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.model import Campaign, CellTexts, Duty, Form, Item, Part, Section, StampLabels, Unit
from ingest.parse import parse_file
from ingest.parsed import ParsedSubmission
from tests.forms import as_csv, as_docx, as_xlsx, listed, pairs
from tests.list_forms import as_written
from tests.unit.ingest.parsing import FILLED, FORM, GUSHAN, STAMPED, figures, mandatory, message, parse_one


def plan(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


DOT = base64.b64decode(  # a picture of one pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BODY = ("为深入贯彻落实上级部署要求，结合实际，制定本方案。" * 4,) * 12


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("孤山镇专项行动方案.docx", ("方案", *BODY)),
        ("附件1.docx", ("孤山镇重大事故隐患专项排查整治", "2023行动专项行动实施方案", *BODY)),
        ("附件1.docx", ("专项行动实施方案", *BODY, "孤山镇人民政府", "2023年5月26日")),
        ("孤山镇.docx", ("关于动员部署和传达企业情况的报告", *BODY)),
    ],
)
def test_a_plan_is_received_without_figures(name: str, lines: tuple[str, ...]) -> None:
    submission = parse_one(plan(*lines), name, received_on="2023-05-29")
    assert (submission.form_id, submission.unit_id, submission.period) == ("work_plan", GUSHAN, "2023-05")
    assert (submission.cells, submission.problems, submission.quarantined) == ((), (), False)


def test_the_date_below_a_document_is_its_date() -> None:
    submission = parse_one(
        plan("专项行动方案", *BODY, "孤山镇人民政府", "2023年5月26日"), "a.docx", received_on="2023-05-29"
    )
    assert submission.filled_on == date(2023, 5, 26)


STAMP_LINE = "填报单位：孤山镇　　填报时间：2023年12月6日"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("孤山镇总结评估报告.docx", ()),
        ("孤山镇.docx", ("总结评估报告", "填报单位：____　　填报时间： 年 月 日", "")),  # the template as issued
        ("a.docx", ("总结评估报告", STAMP_LINE, "孤山镇人民政府", "2023年12月6日")),
    ],
)
def test_a_document_without_text_is_returned(name: str, lines: tuple[str, ...]) -> None:
    """It used to count as received: the unit had done its duty with an empty page."""
    submission = parse_one(plan(*lines), name, received_on="2023-12-07")
    assert (submission.form_id, submission.unit_id, submission.quarantined) == ("final_report", GUSHAN, False)
    assert mandatory(submission) == ["RD-9-01"]
    expected = f"《{name}》是《总结评估报告》，但没有正文，请写好后重报。"
    assert message(submission, "RD-9-01") == expected


def test_one_sentence_is_text() -> None:
    submission = parse_one(plan("总结评估报告", STAMP_LINE, "已完成。"), "a.docx", received_on="2023-12-07")
    assert mandatory(submission) == []


def test_a_table_is_text_and_its_stamp_alone_is_none() -> None:
    def with_table(*rows: tuple[str, str]) -> bytes:
        def add(document: Any) -> None:
            table = document.add_table(0, 2)
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text

        return as_written("总结评估报告", change=add)

    stamp = (("填报单位", "孤山镇"), ("填报时间", "2023年12月6日"))
    assert mandatory(parse_one(with_table(*stamp), "孤山镇.docx", received_on="2023-12-07")) == ["RD-9-01"]
    told = with_table(*stamp, ("检查情况", "检查企业12家"))
    assert mandatory(parse_one(told, "孤山镇.docx", received_on="2023-12-07")) == []


def test_pages_pasted_in_as_pictures_are_received_like_a_scan() -> None:
    scan = as_written("总结评估报告", STAMP_LINE, change=lambda document: document.add_picture(io.BytesIO(DOT)))
    assert mandatory(parse_one(scan, "a.docx", received_on="2023-12-07")) == []


@pytest.mark.parametrize("name", ["孤山镇总结评估报告.pdf", "孤山镇总结评估报告.doc"])
def test_a_scanned_or_old_document_counts_by_its_name(name: str) -> None:
    content = b"%PDF-1.7" if name.endswith("pdf") else b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + old_word()
    submission = parse_one(content, name, received_on="2023-12-07")
    assert (submission.form_id, submission.unit_id, mandatory(submission)) == ("final_report", GUSHAN, [])


def old_word() -> bytes:
    return "WordDocument".encode("utf-16-le").ljust(64, b"\0")


def test_a_plan_may_come_early_and_mention_other_months() -> None:
    lines = ("孤山镇关于6月安全生产月和专项行动方案的报告", *BODY)
    submission = parse_one(plan(*lines), "孤山镇6月.docx", received_on="2023-05-10")
    assert (submission.period, mandatory(submission)) == ("2023-05", [])


def test_a_document_of_nobody_is_quarantined() -> None:
    submission = parse_one(plan("专项行动方案", *BODY), "方案.docx", received_on="2023-05-29")
    assert (submission.form_id, mandatory(submission)) == ("work_plan", ["RD-3-01"])


def test_a_form_inside_word_is_a_form_and_no_document() -> None:
    content = as_docx(pairs(FORM, FILLED, **STAMPED))
    assert parse_one(content, "孤山镇专项行动方案和6月调度表.docx").form_id == "progress"


def test_any_other_document_is_no_form() -> None:
    assert mandatory(parse_one(plan("会议通知", *BODY), "孤山镇通知.docx")) == ["RD-2-01"]


# --- a campaign of another kind: quarters, two scopes, a unit that joins later, one area above the other

PART = Part(part="value", measure_unit="家", kind="cumulative_count")
STAMP = StampLabels(unit=("填报单位",), filled_on=("填报时间",), filler=("填报人",), reviewer=("审核人",))
WORDS = CellTexts(zero=("无",), blank=("—",), not_applicable=("/",), yes=("是",), no=("否",))


def item(code: str, name: str, **facts: object) -> Item:
    return Item.model_validate(
        {"code": code, "label": f"{name}(家)", "name": name, "aggregation": "sum", "parts": (PART,), **facts}
    )


QUARTERLY = Form(
    form_id="quarterly",
    version="1",
    kind="indicator_table",
    title="企业检查季报",
    clause="某方案",
    stamp=STAMP,
    cell_texts=WORDS,
    sections=(
        Section(
            code="1",
            title="检查",
            items=(
                item("1.1", "检查企业"),
                item("1.2", "整改企业"),
                item("1.3", "关闭企业"),
            ),
        ),
    ),
)
MONTHLY = QUARTERLY.model_copy(update={"form_id": "monthly", "title": "企业检查月报"})


def unit(unit_id: str, name: str, scope: str = "territory", since: date = date(2024, 1, 1)) -> Unit:
    return Unit.model_validate(
        {
            "unit_id": unit_id,
            "unit_name": name,
            "unit_kind": "县",
            "reporting_scope": scope,
            "position": 1,
            "valid_from": since,
            "source": "某方案",
        }
    )


def duty(form_id: str, cadence: str, reporters: tuple[str, ...], first: str, last: str) -> Duty:
    return Duty.model_validate(
        {
            "duty_id": f"{form_id}_duty",
            "form_id": form_id,
            "name": "报送",
            "cadence": cadence,
            "clause": "某方案",
            "reporters": reporters,
            "first_period": first,
            "last_period": last,
            "cutoff_day": 25,
            "due_day": 28,
        }
    )


UPPER = Campaign(
    campaign_id="upper",
    name="某市行动",
    area="鞍山市",
    area_code="210300",
    office="某办",
    starts_on=date(2024, 1, 1),
    ends_on=date(2024, 12, 31),
    documents=(),
    duties=(duty("quarterly", "quarterly", ("territory",), "2024Q1", "2024Q4"),),
    units=(
        unit("210381", "海城市"),
        unit("210382", "台安县", since=date(2024, 5, 1)),
        unit("D1", "市局", "city_level"),
    ),
    forms=(QUARTERLY,),
)
DATES = due_dates(UPPER, WorkCalendar())
ENTRIES = {"1.1": 5, "1.2": 3, "1.3": 0}


def parse_upper(
    content: bytes, name: str, received_on: date = date(2024, 3, 26), campaign: Campaign = UPPER
) -> ParsedSubmission:
    (submission,) = parse_file(content, name, (), campaign, due_dates(campaign, WorkCalendar()), received_on)
    return submission


@pytest.mark.parametrize("said", ["2024年第一季度", "2024Q1", "一季度", "2024年1季度"])
def test_a_quarter_is_named_in_many_ways(said: str) -> None:
    submission = parse_upper(as_csv(listed(QUARTERLY, ENTRIES, unit="海城市")), f"{said}季报.csv")
    assert (submission.unit_id, submission.period, mandatory(submission)) == ("210381", "2024Q1", [])
    assert figures(submission) == {"1.1": "5", "1.2": "3", "1.3": "0"}


def test_a_fill_date_belongs_to_its_quarter() -> None:
    content = as_csv(listed(QUARTERLY, ENTRIES, unit="海城市", filled_on="2024年4月2日"))
    assert parse_upper(content, "季报.csv", date(2024, 4, 2)).period == "2024Q1"


def test_the_total_of_the_level_below_is_a_unit_here() -> None:
    """The area code of the city below is a unit of the prefecture's roster; its file is taken in as it is."""
    marker = "taizhang:form=quarterly;version=1;unit=210381;period=2024Q1"
    submission = parse_upper(as_xlsx(listed(QUARTERLY, ENTRIES), marker=marker), "汇总.xlsx")
    assert (submission.unit_id, submission.period, mandatory(submission)) == ("210381", "2024Q1", [])


def test_a_unit_that_does_not_owe_the_form_is_told_so() -> None:
    submission = parse_upper(as_csv(listed(QUARTERLY, ENTRIES, unit="市局")), "2024Q1.csv")
    assert (submission.quarantined, mandatory(submission)) == (True, ["RD-3-05"])
    assert "市局在 2024Q1 期不需要填报《企业检查季报》" in message(submission, "RD-3-05")


def test_a_unit_that_joins_later_owes_nothing_before() -> None:
    content = as_csv(listed(QUARTERLY, ENTRIES, unit="台安县"))
    assert mandatory(parse_upper(content, "2024Q1.csv")) == ["RD-3-05"]
    assert mandatory(parse_upper(content, "2024Q2.csv", date(2024, 6, 26))) == []


def test_of_two_forms_with_equal_labels_the_title_decides() -> None:
    both = UPPER.model_copy(
        update={
            "forms": (QUARTERLY, MONTHLY),
            "duties": (*UPPER.duties, duty("monthly", "monthly", ("territory",), "2024-01", "2024-12")),
        }
    )
    quarterly = parse_upper(as_csv(listed(QUARTERLY, ENTRIES, unit="海城市")), "2024Q1.csv", campaign=both)
    monthly = parse_upper(as_csv(listed(MONTHLY, ENTRIES, unit="海城市")), "2024-03.csv", campaign=both)
    assert [(s.form_id, s.period) for s in (quarterly, monthly)] == [("quarterly", "2024Q1"), ("monthly", "2024-03")]
