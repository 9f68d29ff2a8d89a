"""The campaign as data says what its governing document says (海安委〔2023〕3号)."""

import pytest

from campaigns.load import load_campaign
from campaigns.model import Campaign, Form, as_compared
from campaigns.vocabulary import ReportingScope

C, AMOUNT, STOCK, YES_NO = "cumulative_count", "cumulative_amount", "stock", "yes_no"
FIGURES = [
    *[(f"1.{number}", "value", "个", C) for number in range(1, 7)],
    *[(f"2.{number}", "value", "家", C) for number in range(1, 9)],
    ("3.1", "value", "个次", C),
    ("3.2", "value", "家次", C),
    ("3.3", "count", "次", C),
    ("3.3", "amount", "万元", AMOUNT),
    ("3.4", "value", "次", C),
    ("3.5", "value", "人", C),
    ("3.6", "value", "家", C),
    ("3.7", "value", "家", C),
    ("3.8", "total", "个", C),
    ("3.8", "of_which", "个", C),
    ("3.9", "value", "人", C),
    ("3.10", "value", "次", C),
    *[(f"4.{number}", "value", "次", C) for number in range(1, 5)],
    ("4.5", "total", "万元", AMOUNT),
    ("4.5", "of_which", "万元", AMOUNT),
    ("4.6", "value", "是否", YES_NO),
    ("4.7", "value", "人", STOCK),
    ("4.8", "value", "次", C),
]


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign("haicheng_2023")


@pytest.fixture(scope="module")
def form(campaign: Campaign) -> Form:
    return campaign.form("progress")


def test_the_form_has_32_items_and_35_figures_in_printed_order(form: Form) -> None:
    assert len(form.items) == 32
    assert [(i.code, p.part, p.measure_unit, p.kind.value) for i in form.items for p in i.parts] == FIGURES
    assert len(FIGURES) == 35


def test_the_sections_have_6_8_10_and_8_items_under_their_printed_titles(form: Form) -> None:
    assert [(section.title, len(section.items)) for section in form.sections] == [
        ("总体情况", 6),
        ("对企业自查自改进行抽查检查情况", 8),
        ("部门精准严格执法情况", 10),
        ("党委政府组织领导情况", 8),
    ]


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("1.6", "挂牌督办重大事故隐患中已完成整改的(个)"),
        ("2.5", "企业未依法建立安全管理机构和配足安全管理人员(家)"),
        ("3.3", "行政处罚(次,万元)"),
        ("3.4", "企业和企业主要负责人“一案双罚”(次)"),
        ("3.8", "公布典型案例(个),其中危险作业罪案例(个)"),
        ("4.5", "举报奖励(万元),其中匿名举报查实奖励(万元)"),
        ("4.6", "是否在市级、县级主流媒体播放安全生产专题栏目"),
    ],
)
def test_labels_stand_as_printed(form: Form, code: str, label: str) -> None:
    assert form.item(code).label == label


def test_every_label_as_printed_names_one_item_only(form: Form) -> None:
    names = {}
    for item in form.items:
        for label in {as_compared(text) for text in (item.label, item.name, *item.aliases)}:
            assert names.setdefault(label, item.code) == item.code


def test_aggregations_are_sums_but_for_the_yes_no_and_the_stock(form: Form) -> None:
    other = {item.code: item.aggregation.value for item in form.items if item.aggregation.value != "sum"}
    assert other == {"4.6": "n_of_m", "4.7": "sum_of_stocks"}


def test_what_only_one_kind_of_unit_fills_in(form: Form) -> None:
    both = tuple(ReportingScope)
    only = {item.code: [scope.value for scope in item.applies_to] for item in form.items if item.applies_to != both}
    assert only == {
        "4.1": ["territory"],
        "4.2": ["territory"],
        "4.3": ["territory"],
        "4.4": ["city_level"],
        "4.6": ["territory"],
    }


def test_the_definitions_of_note_2_travel_with_the_form(form: Form) -> None:
    assert "特种作业存单" in (form.item("2.6").definition or "")
    assert "未签订安全生产协议" in (form.item("2.7").definition or "")


def test_zero_is_never_read_from_a_dash_or_a_slash(form: Form) -> None:
    assert form.cell_texts is not None
    assert {"无", "零", "零报告", "没有"} <= set(form.cell_texts.zero)
    assert {"—", "-", "–"} <= set(form.cell_texts.blank)
    assert {"/", "不涉及", "不适用", "N/A"} <= set(form.cell_texts.not_applicable)
    assert {"是", "√"} <= set(form.cell_texts.yes) and {"否", "×", "N"} <= set(form.cell_texts.no)


def test_26_towns_and_streets_and_17_departments_report(campaign: Campaign) -> None:
    kinds = [(unit.unit_kind, unit.reporting_scope.value) for unit in campaign.units]
    assert len(kinds) == 43
    assert {kind: kinds.count(kind) for kind in kinds} == {
        ("街道", "territory"): 5,
        ("镇", "territory"): 21,
        ("市直部门", "city_level"): 17,
    }
    assert [unit.position for unit in campaign.units] == list(range(1, 44))


@pytest.mark.parametrize(
    ("name", "unit_id"),
    [
        ("海州街道办事处", "210381001"),
        ("海州街", "210381001"),
        ("东四", "210381004"),
        ("东四方台街道", "210381006"),
        ("西四镇人民政府", "210381124"),
        ("孤山镇政府", "210381101"),
        ("孤山", "210381101"),
        ("海城市应急管理局", "210381D01"),
        ("市应急管理局", "210381D01"),
        ("应急局", "210381D01"),
        ("鞍山市生态环境局海城分局", "210381D06"),
        ("海城生态环境分局", "210381D06"),
        ("市住建局", "210381D08"),
        ("市发展和改革局", "210381D17"),
    ],
)
def test_the_names_units_go_by_name_one_unit(campaign: Campaign, name: str, unit_id: str) -> None:
    assert [unit.unit_id for unit in campaign.units if name in (unit.unit_name, *unit.aliases)] == [unit_id]


def test_duties_cite_the_clause_they_come_from(campaign: Campaign) -> None:
    assert {duty.duty_id: duty.clause for duty in campaign.duties} == {
        "progress_monthly": "海安委〔2023〕3号 五（六）、附件 注1",
        "hazard_list_monthly": "海安委〔2023〕3号 四（二）1、2",
        "enterprise_register_monthly": "海安委〔2023〕3号 五（三）",
        "risk_register_monthly": "海安委〔2023〕3号 五（三）",
        "rescue_resource_register_monthly": "海安委〔2023〕3号 五（三）",
        "work_plan_once": "海安委〔2023〕3号 五（六）",
        "clearance_report_once": "海安委〔2023〕3号 五（六）",
        "final_report_once": "海安委〔2023〕3号 五（六）",
    }


def test_stages_end_as_the_document_says(campaign: Campaign) -> None:
    assert [(stage.name, str(stage.ends_on)) for stage in campaign.stages] == [
        ("动员部署阶段", "2023-05-31"),
        ("隐患清零阶段", "2023-08-31"),
        ("执法督导阶段", "2023-11-30"),
        ("总结提升阶段", "2023-12-31"),
    ]


def test_every_choice_the_document_leaves_open_has_a_reading(campaign: Campaign) -> None:
    assert {choice.code: (choice.setting, choice.reading) for choice in campaign.contradictions} == {
        "X1": ("cutoff_day_included", "included"),
        "X2": ("date_marked_before", "day_included"),
        "X3": ("holiday_shift", "non_working_days"),
        "X7": ("territory_department_overlap", "as_reported"),
        "X13": ("combined_measures", "as_reported"),
        "X15": ("upward_yes_no", "any"),
    }
    assert campaign.setting("upward_yes_no") == "any"


def test_rule_codes_are_published_and_do_not_change(campaign: Campaign) -> None:
    by_gate = {gate: [r.code for r in campaign.rules if r.gate.value == gate] for gate in ("submission", "facts")}
    assert by_gate == {
        "submission": [
            *("PF-0-01", "PF-0-02", "PF-0-03", "PF-0-04"),
            *("PF-1-01", "PF-1-02", "PF-1-03", "PF-1-04", "PF-1-05"),
            *("PF-2-01", "PF-2-02"),
            *("PF-3-01", "PF-3-02", "PF-3-03", "PF-3-04"),
            "PF-4-01",
        ],
        "facts": ["PF-0-05", "PF-0-06", "PF-1-06", "PF-1-07"],
    }


def test_a_submission_is_returned_only_for_what_cannot_be_true(campaign: Campaign) -> None:
    mandatory = [rule.code for rule in campaign.rules if rule.rule_class.value == "mandatory"]
    assert mandatory == ["PF-0-01", "PF-1-01", "PF-1-02", "PF-1-03", "PF-2-01", "PF-3-01", "PF-3-03", "PF-4-01"]
