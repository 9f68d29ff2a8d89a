"""Bytes, changed bytes and arrangements that nobody thought of: a reason, never a figure made up."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms import Table, as_csv
from tests.unit.ingest.one_form import FORMATS
from tests.unit.ingest.parsing import FORM, parse


@given(st.binary(max_size=300), st.sampled_from(["a.xlsx", "孤山镇6月.csv", "方案.docx", ""]))
@settings(max_examples=60)
def test_any_bytes_at_all_yield_a_reason_and_never_a_figure(content: bytes, name: str) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html><table>"):
        for submission in parse(start + content, name):
            assert submission.quarantined
            assert submission.problems
            assert submission.cells == ()


SAMPLES = [content for _, content, *_ in FORMATS[:4]]


@given(st.integers(0, 3), st.lists(st.tuples(st.integers(0, 9_999), st.integers(0, 255)), min_size=1, max_size=4))
@settings(max_examples=120)
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
@settings(max_examples=150)
def test_no_arrangement_of_labels_and_figures_makes_the_reader_fail(rows: list[list[object]]) -> None:
    grid_rows = [row + [None] * (6 - len(row)) for row in rows]
    submissions = parse(as_csv(Table(grid_rows)), "孤山镇6月.csv")
    assert submissions
    for submission in submissions:
        names = [(cell.item_code, cell.part) for cell in submission.cells]
        assert len(set(names)) == len(names)
        assert len(names) in (0, 35)
