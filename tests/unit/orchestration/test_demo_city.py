"""The synthetic city: figures that keep every rule, habits that mean what they say, truth worked out by hand."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import olefile
import pytest

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.load import load_campaign
from campaigns.vocabulary import ValueState, Verdict
from orchestration.demo.city import city_figures
from orchestration.demo.fresh_home import NOTICE, make_fresh
from orchestration.demo.habits import _HABITS, Habit, read_back, written_date, written_entries
from orchestration.demo.locked_file import locked_workbook
from orchestration.demo.plan import demo_form, demo_months, mailings_of_the_city
from orchestration.demo.truth import expected_city
from orchestration.errors import PlainError
from orchestration.home import Home

CAMPAIGN = load_campaign("haicheng_2023")
DATES = due_dates(CAMPAIGN, WorkCalendar.load())
FORM = demo_form(CAMPAIGN)
PERIODS = [due.period for due in demo_months(DATES)]
FIGURES = city_figures(FORM, CAMPAIGN.units, PERIODS, seed=2023)
MAILINGS = mailings_of_the_city(CAMPAIGN, DATES, seed=2023)


def series(code: str, part: str = "value") -> list[list[Decimal]]:
    """One figure's months, for every unit that has it."""
    return [
        [FIGURES[unit.unit_id, period][code, part] for period in PERIODS]
        for unit in CAMPAIGN.units
        if (code, part) in FIGURES[unit.unit_id, PERIODS[0]]
    ]


def test_six_months_from_june() -> None:
    assert PERIODS == ["2023-06", "2023-07", "2023-08", "2023-09", "2023-10", "2023-11"]


@pytest.mark.parametrize(
    ("code", "part"),
    [(item.code, part.part) for item in FORM.items for part in item.parts if part.kind.is_cumulative],
)
def test_no_cumulative_figure_ever_falls(code: str, part: str) -> None:
    assert all(months == sorted(months) for months in series(code, part))


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (("1.2", "value"), ("1.1", "value")),
        (("1.4", "value"), ("1.3", "value")),
        (("1.6", "value"), ("1.5", "value")),
        (("2.2", "value"), ("2.1", "value")),
        (("2.8", "value"), ("2.1", "value")),
        (("3.4", "value"), ("3.3", "count")),
        (("3.8", "of_which"), ("3.8", "total")),
        (("4.5", "of_which"), ("4.5", "total")),
    ],
)
def test_every_of_which_stays_within_its_whole(part: tuple[str, str], whole: tuple[str, str]) -> None:
    assert all(figures[part] <= figures[whole] for figures in FIGURES.values())


def test_listed_hazards_stay_within_those_found_and_rectified() -> None:
    for figures in FIGURES.values():
        assert figures["1.5", "value"] <= figures["1.1", "value"] + figures["1.3", "value"]
        assert figures["1.6", "value"] <= figures["1.2", "value"] + figures["1.4", "value"]


def test_there_is_no_fine_without_a_penalty() -> None:
    assert all((f["3.3", "amount"] > 0) == (f["3.3", "count"] > 0) for f in FIGURES.values())


def test_counts_are_whole_and_amounts_have_two_places() -> None:
    for figures in FIGURES.values():
        for (code, part), value in figures.items():
            places = Decimal("0.01") if part == "amount" or code == "4.5" else Decimal(1)
            assert value == value.quantize(places)


def test_units_answer_only_what_their_scope_is_asked() -> None:
    assert ("4.4", "value") not in FIGURES["210381001", "2023-06"]
    assert ("4.1", "value") not in FIGURES["210381D01", "2023-06"]
    assert ("4.4", "value") in FIGURES["210381D01", "2023-06"]


def test_the_same_seed_gives_the_same_city_and_another_seed_another() -> None:
    assert city_figures(FORM, CAMPAIGN.units, PERIODS, seed=2023) == FIGURES
    assert city_figures(FORM, CAMPAIGN.units, PERIODS, seed=7) != FIGURES


def test_the_same_mailing_is_the_same_bytes() -> None:
    again = mailings_of_the_city(CAMPAIGN, DATES, seed=2023)
    for number in (0, 20, 40, 60):
        assert MAILINGS[number].content(CAMPAIGN, FORM) == again[number].content(CAMPAIGN, FORM)


def test_about_two_hundred_files_in_every_format() -> None:
    assert 200 <= len(MAILINGS) <= 260
    assert {mailing.path.rpartition(".")[2] for mailing in MAILINGS} == {"xlsx", "xls", "docx", "csv", "pdf"}
    assert {mailing.habit.paper for mailing in MAILINGS} == {
        "own_xlsx", "own_docx", "official_xlsx", "list_xlsx", "xls", "docx", "csv", "csv_gb18030",
    }  # fmt: skip


def test_no_two_files_arrive_under_one_name_at_the_same_time() -> None:
    names = [(mailing.arrives, mailing.path) for mailing in MAILINGS]
    assert len(set(names)) == len(names)


def test_every_planted_story_is_there_with_its_outcome() -> None:
    stories = {mailing.story: (mailing.result, mailing.forms[0].reason_code) for mailing in MAILINGS if mailing.story}
    assert stories == {
        "损坏的文件": ("quarantined", "RD-1-03"),
        "有密码的文件": ("quarantined", "RD-1-02"),
        "其中数大于总数": ("returned", "PF-1-01"),
        "不在名单上的单位": ("quarantined", "RD-3-02"),
        "一张表两个单位": ("quarantined", "RD-3-03"),
        "文件名与填表时间的月份不一致": ("quarantined", "RD-4-03"),
        "同一文件报了两次": ("duplicate", None),
        "一个工作簿两个月": ("accepted", None),
        "累计数减少，没有说明": ("accepted", None),
        "累计数减少，有核减说明": ("accepted", None),
        "更正前的一版": ("accepted", None),
        "更正后的一版": ("accepted", None),
        "空表": ("returned", "RD-5-01"),
        "旧版晚到": ("accepted", None),
        "数字格里写“见附件”": ("returned", "RD-5-02"),
        "盖章扫描件": ("quarantined", "RD-1-10"),
        "已锁定的月份": ("quarantined", "RD-4-06"),
        "约数": ("accepted", None),
        "填了不该填的项": ("accepted", None),
        "照抄上月": ("accepted", None),
    }


def test_nobody_in_the_city_is_a_person() -> None:
    for mailing in MAILINGS[:60]:
        if mailing.path.endswith(".csv"):
            text = mailing.content(CAMPAIGN, FORM).decode("utf-8-sig" if mailing.habit.paper == "csv" else "gb18030")
            assert "填表人：测试员" in text


HABIT = Habit("official_xlsx")


@pytest.mark.parametrize(
    ("habit", "code", "figures", "entry"),
    [
        (HABIT, "1.1", {("1.1", "value"): 12}, Decimal(12)),
        (Habit("xls", digits="text"), "1.1", {("1.1", "value"): 12}, "12"),
        (Habit("docx", digits="full_width"), "1.1", {("1.1", "value"): 12}, "１２"),
        (Habit("docx", digits="with_unit"), "1.1", {("1.1", "value"): 12}, "12个"),
        (Habit("csv", digits="thousands"), "3.1", {("3.1", "value"): 1234}, "1,234"),
        (Habit("csv", zero="无"), "1.1", {("1.1", "value"): 0}, "无"),
        (Habit("csv", zero=""), "1.1", {("1.1", "value"): 0}, None),
        (Habit("csv", not_applicable="/"), "4.4", {}, "/"),
        (HABIT, "4.6", {("4.6", "value"): 1}, "是"),
        (Habit("csv", yes_no=("有", "无")), "4.6", {("4.6", "value"): 0}, "无"),
        (HABIT, "3.3", {("3.3", "count"): 3, ("3.3", "amount"): Decimal("12.5")}, "3，12.5"),
        (Habit("csv", pair="slash"), "3.3", {("3.3", "count"): 3, ("3.3", "amount"): Decimal("12.5")}, "3次/12.5万元"),
        (Habit("csv", pair="yuan"), "3.3", {("3.3", "count"): 3, ("3.3", "amount"): Decimal("12.5")}, "3次，125000元"),
        (Habit("csv", pair="brackets"), "3.8", {("3.8", "total"): 5, ("3.8", "of_which"): 1}, "5个（其中1个）"),
        (Habit("csv", pair="words"), "3.8", {("3.8", "total"): 5, ("3.8", "of_which"): 0}, "5个，其中0个"),
        (HABIT, "3.8", {("3.8", "total"): 0, ("3.8", "of_which"): 0}, "0"),
    ],
)
def test_a_habit_writes_a_figure_its_own_way(
    habit: Habit, code: str, figures: dict[tuple[str, str], int | Decimal], entry: object
) -> None:
    exact = {figure: Decimal(value) for figure, value in figures.items()}
    assert written_entries(FORM, habit, exact)[code] == entry


@pytest.mark.parametrize(
    ("habit", "figure", "value", "reading"),
    [
        (HABIT, ("1.1", "value"), 12, (ValueState.VALUE, Decimal(12))),
        (HABIT, ("1.1", "value"), 0, (ValueState.ZERO, Decimal(0))),
        (Habit("csv", zero="无"), ("1.1", "value"), 0, (ValueState.ZERO, Decimal(0))),
        (Habit("csv", zero=""), ("1.1", "value"), 0, (ValueState.BLANK, None)),
        (HABIT, ("4.4", "value"), None, (ValueState.NOT_APPLICABLE, None)),
        (Habit("csv", not_applicable="—"), ("4.4", "value"), None, (ValueState.NOT_APPLICABLE, None)),
        (Habit("csv", not_applicable="无"), ("4.4", "value"), None, (ValueState.ZERO, Decimal(0))),
        (Habit("csv", zero=""), ("4.6", "value"), 0, (ValueState.ZERO, Decimal(0))),
    ],
)
def test_a_habit_means_one_state(
    habit: Habit, figure: tuple[str, str], value: int | None, reading: tuple[ValueState, Decimal | None]
) -> None:
    figures = {} if value is None else {figure: Decimal(value)}
    assert read_back(FORM, habit, figures)[figure] == reading


@pytest.mark.parametrize(
    ("style", "text"),
    [("chinese", "2023年6月5日"), ("dots", "2023.6.5"), ("iso", "2023-06-05"), ("full_width", "２０２３年６月５日")],
)
def test_a_fill_date_is_written_in_the_office_s_hand(style: str, text: str) -> None:
    assert written_date(date(2023, 6, 5), Habit("csv", fill_date=style)) == text  # type: ignore[arg-type]


def test_every_habit_is_different() -> None:
    assert len(set(_HABITS)) == len(_HABITS)


def test_the_locked_workbook_looks_encrypted_and_the_cut_off_one_is_no_zip() -> None:
    with olefile.OleFileIO(io.BytesIO(locked_workbook())) as file:
        assert sorted(file.listdir()) == [["EncryptedPackage"], ["EncryptionInfo"]]
        assert file.parsing_issues == []
    broken = next(mailing for mailing in MAILINGS if mailing.spoilt == "cut_off")
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(broken.content(CAMPAIGN, FORM)))


def test_an_earlier_demo_is_replaced_only_when_asked_and_strangers_files_stay(tmp_path: Path) -> None:
    home = Home(tmp_path / "demo")
    make_fresh(home, "haicheng_2023")
    (home.reports / "old.xlsx").write_bytes(b"old")
    (home.root / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(PlainError, match="--fresh"):
        make_fresh(home, "haicheng_2023")
    assert (home.reports / "old.xlsx").exists()
    make_fresh(home, "haicheng_2023", 7, replace_earlier=True)
    assert not (home.reports / "old.xlsx").exists()
    assert (home.root / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert "随机种子 7" in (home.root / NOTICE).read_text(encoding="utf-8")


def test_truth_of_the_first_night_knows_who_is_missing() -> None:
    """24 units sent a good June form by the first night: 43 less 11 silent, 5 late and 3 whose first try failed."""
    truth = expected_city(CAMPAIGN, DATES, 2023, as_of=datetime(2023, 6, 26, 1, 30))
    words = [word for (_, period), (word, _) in truth.timeliness.items() if period == "2023-06"]
    assert (words.count("on_time"), words.count("late"), words.count("missing")) == (24, 0, 19)
    assert truth.totals["2023-06", "all", "1.1", "value"].units_received == 24


def test_truth_in_the_end_counts_the_late_ones_and_not_the_silent() -> None:
    truth = expected_city(CAMPAIGN, DATES, 2023)
    june = {unit: word for (unit, period), word in truth.timeliness.items() if period == "2023-06"}
    assert june["210381108"] == ("late", 1)  # position 12: damaged, sent again the next day
    assert june["210381D03"] == ("late", 2)  # position 29: password, sent again after two days
    assert june["210381110"] == ("late", 30)  # position 14: came with July's workbook
    assert june["210381D14"] == ("missing", None)  # position 40 never sends
    assert truth.results == {"accepted": 234, "returned": 3, "quarantined": 7, "duplicate": 1}


def test_truth_takes_the_newer_fill_date_whatever_arrives_last() -> None:
    truth = expected_city(CAMPAIGN, DATES, 2023)
    unit = next(unit.unit_id for unit in CAMPAIGN.units if unit.position == 11)
    sent = [m for m in truth.mailings if m.forms[0].unit.unit_id == unit and m.forms[0].period == "2023-09"]
    assert [m.forms[0].verdict for m in sent] == [Verdict.ACCEPTED, Verdict.ACCEPTED]
    assert truth.cells[unit, "2023-09", "2.1", "value"][1] == FIGURES[unit, "2023-09"]["2.1", "value"]


def test_the_month_s_gain_is_the_difference_and_unknown_after_a_gap() -> None:
    truth = expected_city(CAMPAIGN, DATES, 2023)
    unit = "210381001"
    months = [FIGURES[unit, period]["2.1", "value"] for period in PERIODS]
    assert truth.month_values[unit, "2023-06", "2.1", "value"] == months[0]
    assert truth.month_values[unit, "2023-07", "2.1", "value"] == months[1] - months[0]
    assert truth.month_values["210381123", "2023-07", "2.1", "value"] is not None
    silent_in_june = next(unit.unit_id for unit in CAMPAIGN.units if unit.position == 23)
    assert truth.month_values[silent_in_june, "2023-07", "2.1", "value"] is None
    assert truth.month_values[unit, "2023-06", "4.7", "value"] is None
