"""Whole files in, submissions out: formats, damaged files, several forms in one file."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms import Table, as_csv, as_docx, as_html, as_xls, as_xlsx, headed, listed, pairs, with_part
from tests.unit.ingest.parsing import (
    CHAGOU,
    EMERGENCY_BUREAU,
    FILLED,
    FORM,
    GUSHAN,
    READ,
    STAMPED,
    figures,
    mandatory,
    message,
    notes,
    parse,
    parse_one,
    places,
)

ORDINARY = pairs(FORM, FILLED, **STAMPED)
FORMATS = [
    ("调度表.xlsx", as_xlsx(ORDINARY), "xlsx", "调度表!D4", "调度表!G13"),
    ("调度表.xls", as_xls(ORDINARY), "xls", "调度表!D4", "调度表!G13"),
    ("调度表.docx", as_docx(ORDINARY), "docx", "表格1!R1C4", "表格1!R10C7"),
    ("调度表.csv", as_csv(ORDINARY), "csv", "CSV!R4C4", "CSV!R13C7"),
    ("调度表.csv", as_csv(ORDINARY, "utf-8"), "csv", "CSV!R4C4", "CSV!R13C7"),
    ("调度表.csv", as_csv(ORDINARY, "gb18030"), "csv", "CSV!R4C4", "CSV!R13C7"),
    ("调度表.txt", as_csv(ORDINARY, "utf-16", "\t"), "csv", "CSV!R4C4", "CSV!R13C7"),
    ("调度表.xls", as_html(ORDINARY), "html", "表格1!R4C4", "表格1!R13C7"),
]


@pytest.mark.parametrize(("name", "content", "file_format", "first", "other"), FORMATS)
def test_the_same_form_reads_the_same_from_every_format(
    name: str, content: bytes, file_format: str, first: str, other: str
) -> None:
    submission = parse_one(content, name)
    assert figures(submission) == READ
    assert (submission.form_id, submission.form_version) == ("progress", "2023-06")
    assert (submission.unit_id, submission.period, str(submission.filled_on)) == (GUSHAN, "2023-06", "2023-06-24")
    assert (submission.filler, submission.reviewer) == ("甲", "乙")
    assert (submission.file_format, submission.quarantined, submission.problems) == (file_format, False, ())
    assert places(submission)["1.1.value"] == first
    assert places(submission)["3.6.value"] == other


@pytest.mark.parametrize("name", ["调度表.xlsx", "调度表.doc", "调度表", "调度表.xls"])
def test_the_type_is_told_by_the_bytes_not_by_the_ending(name: str) -> None:
    assert figures(parse_one(as_xlsx(ORDINARY), name)) == READ


def test_a_raw_text_is_kept_as_it_was_written() -> None:
    submission = parse_one(as_xlsx(pairs(FORM, {**FILLED, "1.1": " １２ 个"}, **STAMPED)))
    cells = {(cell.item_code, cell.part): cell.raw_text for cell in submission.cells}
    assert cells["1.1", "value"] == "１２ 个"
    assert cells["1.2", "value"] == "10"
    assert cells["3.3", "amount"] == "3次/12.5万元"
    assert cells["4.4", "value"] == ""


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def wrong_checksum(content: bytes) -> bytes:
    """One byte of the sheet changed inside the stored container."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    return target.getvalue().replace(b"<v>12</v>", b"<v>13</v>", 1)


def with_dtd(sheet: bytes) -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "1">]>' + sheet


def twice(content: bytes) -> bytes:
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("xl/worksheets/sheet1.xml", archive.read("xl/worksheets/sheet1.xml"))
    return target.getvalue()


def archive_of(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return target.getvalue()


BAD_FILES = [
    (b"", "RD-1-01", "文件《坏.xlsx》是空的（0 字节），请重新发送。"),
    (truncated(as_xlsx(ORDINARY)), "RD-1-03", "文件《坏.xlsx》已损坏"),
    (wrong_checksum(as_xlsx(ORDINARY)), "RD-1-03", "文件《坏.xlsx》已损坏"),
    (as_csv(ORDINARY).replace(b"\r\n", b'\r\n"', 1), "RD-1-03", "文件《坏.xlsx》已损坏，打不开（CSV 引号不配对）"),
    (with_part(as_xlsx(ORDINARY), "xl/worksheets/sheet1.xml", with_dtd), "RD-1-05", "DTD"),
    (twice(as_xlsx(ORDINARY)), "RD-1-05", "内部有重名文件"),
    (b"\x00\x01\x02\x03", "RD-1-04", "不是 Excel、Word 或 CSV 文件"),
    (
        b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
        "RD-1-13",
        "是Excel 2003 XML 表格",
    ),
    (archive_of("孤山镇.xlsx", "岔沟镇.xlsx"), "RD-1-09", "打不开的压缩包"),
    (b"Rar!\x1a\x07\x00xxxx", "RD-1-09", "打不开的压缩包"),
    (b"%PDF-1.7 xxxx", "RD-1-10", "是扫描件、图片或 PDF"),
    (b"\xff\xd8\xff\xe0xxxx", "RD-1-10", "是扫描件、图片或 PDF"),
    (b"   \r\n  ", "RD-1-12", "没有任何表格内容"),
    (as_xlsx(Table([[]])), "RD-1-12", "没有任何表格内容"),
    (as_xlsx(Table([["会议通知"], ["请参加"]])), "RD-2-01", "没有找到本行动的报表"),
    ("一二三,四五六\n七,八\n".encode(), "RD-2-01", "没有找到本行动的报表"),
]


@pytest.mark.parametrize(("content", "code", "sentence"), BAD_FILES)
def test_a_file_that_cannot_be_read_is_quarantined_with_one_reason(content: bytes, code: str, sentence: str) -> None:
    submission = parse_one(content, "坏.xlsx")
    assert submission.quarantined
    assert mandatory(submission) == [code]
    assert sentence in submission.problems[0].message
    assert submission.problems[0].message_en
    assert submission.cells == ()


def test_an_encrypted_workbook_is_said_to_have_a_password() -> None:
    stream = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0")
    submission = parse_one(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream, "密.xlsx")
    assert mandatory(submission) == ["RD-1-02"]
    assert "文件有打开密码" in submission.problems[0].message


def test_an_encrypted_xls_is_said_to_have_a_password() -> None:
    content = as_xls(ORDINARY)
    at = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    encrypted = content[:at] + b"\x2f\x00" + content[at + 2 :]
    assert mandatory(parse_one(encrypted, "密.xls")) == ["RD-1-02"]


def test_an_old_word_document_is_to_be_saved_anew() -> None:
    stream = "WordDocument".encode("utf-16-le").ljust(64, b"\0")
    submission = parse_one(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream, "孤山镇6月调度表.doc")
    assert mandatory(submission) == ["RD-1-11"]


class TestSeveralForms:
    def test_sheets_of_two_units_are_two_submissions(self) -> None:
        content = as_xlsx(
            pairs(FORM, FILLED, **STAMPED),
            Table(pairs(FORM, {**FILLED, "1.1": 99}, **{**STAMPED, "unit": "岔沟镇"}).rows, name="表2"),
        )
        first, second = parse(content, "各镇6月.xlsx")
        assert (first.unit_id, first.sheet_name, figures(first)["1.1"]) == (GUSHAN, "调度表", "12")
        assert (second.unit_id, second.sheet_name, figures(second)["1.1"]) == (CHAGOU, "表2", "99")

    def test_sheets_named_by_months_are_the_submissions_of_those_months(self) -> None:
        sheets = [Table(pairs(FORM, FILLED, unit="孤山镇").rows, name=name) for name in ("6月", "7月")]
        found = parse(as_xlsx(*sheets), "孤山镇.xlsx", received_on="2023-07-25")
        assert [(s.unit_id, s.period, s.quarantined) for s in found] == [
            (GUSHAN, "2023-06", False),
            (GUSHAN, "2023-07", False),
        ]

    def test_forms_one_below_the_other_on_one_sheet_are_apart(self) -> None:
        above, below = pairs(FORM, FILLED, **STAMPED), pairs(FORM, FILLED, **{**STAMPED, "unit": "岔沟镇"})
        shift = len(above.rows) + 1
        merges = [(t + shift, left, b + shift, right) for t, left, b, right in below.merges]
        found = parse(as_xlsx(Table([*above.rows, [], *below.rows], above.merges + merges)))
        assert [(s.unit_id, s.filler, figures(s)) for s in found] == [(GUSHAN, "甲", READ), (CHAGOU, "甲", READ)]
        assert places(found[1])["1.1.value"] == f"调度表!D{4 + shift}"

    def test_two_tables_in_one_document_are_two_submissions(self) -> None:
        other = pairs(FORM, FILLED, **{**STAMPED, "unit": "岔沟镇"})
        found = parse(as_docx(ORDINARY, other), "6月.docx")
        assert [(s.unit_id, s.sheet_name, figures(s)) for s in found] == [
            (GUSHAN, "表格1", READ),
            (CHAGOU, "表格2", READ),
        ]

    def test_one_row_for_each_unit_below_a_heading_row(self) -> None:
        rows = [("孤山镇", FILLED), ("岔沟镇", {**FILLED, "1.1": 99}), ("合计", {**FILLED, "1.1": 111})]
        found = parse(as_xlsx(headed(FORM, rows, filled_on="2023年6月24日")), "汇总.xlsx")
        assert [(s.unit_id, figures(s)["1.1"]) for s in found] == [(GUSHAN, "12"), (CHAGOU, "99")]

    def test_the_same_unit_and_month_twice_in_one_file_is_nobodys_guess(self) -> None:
        other = Table(pairs(FORM, {**FILLED, "1.1": 13}, **STAMPED).rows, name="修改后")
        found = parse(as_xlsx(ORDINARY, other))
        assert [(s.quarantined, mandatory(s)[0]) for s in found] == [(True, "RD-2-07"), (True, "RD-2-07")]
        assert "“调度表”和“修改后”" in found[0].problems[0].message

    def test_an_equal_copy_and_a_blank_copy_do_no_harm(self) -> None:
        copy = Table(ORDINARY.rows, name="副本")
        blank = Table(pairs(FORM, {}, **STAMPED).rows, name="空表")
        assert figures(parse_one(as_xlsx(ORDINARY, copy, blank))) == READ

    def test_a_form_with_one_section_on_each_sheet_is_one_submission(self) -> None:
        rows = ORDINARY.rows
        content = as_xlsx(Table(rows[:6], name="一"), Table(rows[6:15], name="二"), Table(rows[15:], name="三"))
        submission = parse_one(content)
        assert figures(submission) == READ
        assert places(submission)["2.1.value"] == "二!D1"


class TestHiddenThings:
    def test_a_hidden_sheet_is_not_read_beside_a_visible_one(self) -> None:
        old = Table(pairs(FORM, {**FILLED, "1.1": 1}, **STAMPED).rows, name="上月", hidden=True)
        assert figures(parse_one(as_xlsx(old, ORDINARY)))["1.1"] == "12"

    def test_a_form_on_a_hidden_sheet_only_is_sent_back(self) -> None:
        shown = Table([["说明"]], name="说明")
        hidden = Table(ORDINARY.rows, hidden=True)
        assert mandatory(parse_one(as_xlsx(shown, hidden))) == ["RD-2-06"]
        assert mandatory(parse_one(as_xls(shown, hidden), "a.xls")) == ["RD-2-06"]

    def test_a_figure_in_a_hidden_row_is_read_and_pointed_out(self) -> None:
        submission = parse_one(as_xlsx(Table(ORDINARY.rows, ORDINARY.merges, hidden_rows=(3,))))
        assert figures(submission) == READ
        assert notes(submission) == ["RD-5-07", "RD-5-07"]
        assert "调度表!D4" in message(submission, "RD-5-07")

    def test_what_lies_behind_a_merged_cell_is_not_read(self) -> None:
        rows = [list(row) for row in ORDINARY.rows]
        rows[3][3] = None

        def hide(sheet: bytes) -> bytes:
            covered = b'<c r="D4"><v>77</v></c>'
            assert b'<c r="E4"' in sheet
            return sheet.replace(b'<c r="E4"', covered + b'<c r="E4"', 1)

        content = with_part(as_xlsx(Table(rows, [*ORDINARY.merges, (3, 2, 3, 3)])), "xl/worksheets/sheet1.xml", hide)
        assert figures(parse_one(content))["1.1"] == "blank"


def test_an_empty_form_is_returned_not_counted() -> None:
    submission = parse_one(as_xlsx(pairs(FORM, {}, **STAMPED)))
    assert (submission.unit_id, submission.period, submission.quarantined) == (GUSHAN, "2023-06", False)
    assert mandatory(submission) == ["RD-5-01"]
    assert "没有发生的请填 0" in message(submission, "RD-5-01")
    assert {cell.state.value for cell in submission.cells} == {"blank", "not_applicable"}


def test_a_form_of_dashes_only_is_empty_and_one_of_zeros_is_not() -> None:
    dashes = {item.code: "—" for item in FORM.items}
    zeros = {item.code: "无" if item.code == "4.6" else 0 for item in FORM.items}
    assert mandatory(parse_one(as_xlsx(pairs(FORM, dashes, **STAMPED)))) == ["RD-5-01"]
    submission = parse_one(as_xlsx(pairs(FORM, zeros, **STAMPED)))
    assert mandatory(submission) == []
    assert {cell.state.value for cell in submission.cells} == {"zero"}


def test_a_department_has_no_blank_in_items_for_towns() -> None:
    entries = {code: value for code, value in FILLED.items() if code not in ("4.1", "4.2", "4.3", "4.6")}
    submission = parse_one(as_xlsx(pairs(FORM, {**entries, "4.4": 6}, **{**STAMPED, "unit": "市应急局"})))
    assert submission.unit_id == EMERGENCY_BUREAU
    read = figures(submission)
    assert [read[code] for code in ("4.1", "4.2", "4.3", "4.4", "4.6")] == [
        "not_applicable",
        "not_applicable",
        "not_applicable",
        "6",
        "not_applicable",
    ]


def test_missing_signatures_are_pointed_out_and_names_stay_out_of_messages() -> None:
    submission = parse_one(as_xlsx(pairs(FORM, FILLED, unit="孤山镇")), "孤山镇6月.xlsx")
    assert (mandatory(submission), notes(submission)) == ([], ["RD-6-03", "RD-6-01", "RD-6-02"])
    named = parse_one(
        as_xlsx(pairs(FORM, {**FILLED, "1.1": "x"}, **{**STAMPED, "filler": "甲某某", "reviewer": "乙某某"}))
    )
    assert (named.filler, named.reviewer) == ("甲某某", "乙某某")
    assert not any("某" in problem.message + problem.message_en for problem in named.problems)


def test_a_telephone_behind_a_name_is_not_kept() -> None:
    table = pairs(FORM, FILLED, **STAMPED)
    table.rows[-2] = ["填表人：甲某某（联系电话：13900001111）  审核人：乙某某 13900002222"]
    submission = parse_one(as_xlsx(table))
    assert (submission.filler, submission.reviewer, submission.problems) == ("甲某某", "乙某某", ())


def test_a_list_with_items_in_rows_reads_like_the_official_layout() -> None:
    submission = parse_one(as_xlsx(listed(FORM, FILLED, unit="孤山镇", filled_on="2023年6月24日")))
    assert figures(submission) == READ
    assert places(submission)["1.1.value"] == "调度表!D4"
    assert submission.problems == ()


def test_labels_above_figures_read_like_the_official_layout() -> None:
    submission = parse_one(as_xlsx(headed(FORM, FILLED, unit="孤山镇", filled_on="2023年6月24日")))
    assert figures(submission) == READ
    assert places(submission)["1.2.value"] == "调度表!C5"


@given(st.binary(max_size=300), st.sampled_from(["a.xlsx", "孤山镇6月.csv", "方案.docx", ""]))
@settings(max_examples=60, deadline=None)
def test_any_bytes_at_all_yield_a_reason_and_never_a_figure(content: bytes, name: str) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html><table>"):
        for submission in parse(start + content, name):
            assert submission.quarantined
            assert submission.problems
            assert submission.cells == ()


SAMPLES = [content for _, content, *_ in FORMATS[:4]]


@given(st.integers(0, 3), st.lists(st.tuples(st.integers(0, 9_999), st.integers(0, 255)), min_size=1, max_size=4))
@settings(max_examples=120, deadline=None)
def test_a_file_with_changed_bytes_is_read_as_it_was_or_sent_back_or_changed_where_the_text_changed(
    sample: int, changes: list[tuple[int, int]]
) -> None:
    content = bytearray(SAMPLES[sample])
    for place, byte in changes:
        content[place * len(content) // 10_000] = byte
    for submission in parse(bytes(content), "孤山镇6月"):
        assert submission.quarantined or submission.unit_id
        assert all((cell.value is not None) == cell.state.has_number for cell in submission.cells)


cells = st.one_of(
    st.none(),
    st.integers(-5, 40),
    st.floats(),
    st.booleans(),
    st.text(max_size=6),
    st.sampled_from([text for item in FORM.items for text in (item.label, item.name)]),
    st.sampled_from(
        ["填报单位：孤山镇", "填表时间:2023年6月24日", "备注", "累计", "单位", "次", "万元", "6月", FORM.title]
    ),
)


@given(st.lists(st.lists(cells, max_size=6), max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_arrangement_of_labels_and_figures_makes_the_reader_fail(rows: list[list[object]]) -> None:
    grid_rows = [row + [None] * (6 - len(row)) for row in rows]
    submissions = parse(as_csv(Table(grid_rows)), "孤山镇6月.csv")
    assert submissions
    for submission in submissions:
        names = [(cell.item_code, cell.part) for cell in submission.cells]
        assert len(set(names)) == len(names)
        assert len(names) in (0, 35)
