"""What holds of any value: notations read back to themselves, a blank is no number, nothing makes the reader fail."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from campaigns.vocabulary import ValueState
from ingest.words.cell_words import Figure
from ingest.words.values import read_figure, read_pair
from tests.unit.ingest.figure_items import CASES, COUNT, MONEY, PENALTIES, TEXTS, YES_NO

WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


@given(
    st.integers(1, 9_999_999),
    st.sampled_from(["{}", "{:,}", "{}个", " {} ", "{}.0", "共{}个", "{:,}个。"]),
    st.booleans(),
)
def test_a_count_in_any_notation_reads_back_to_itself(number: int, notation: str, wide: bool) -> None:
    text = notation.format(number)
    assert read_figure(text.translate(WIDE) if wide else text, COUNT, TEXTS) == Figure(
        ValueState.VALUE, Decimal(number)
    )


@given(st.integers(1, 99_999_999), st.sampled_from(["{万}", "{万}万元", "{元}元", "{万}万", "{元:,}元"]))
def test_an_amount_in_any_notation_reads_back_to_itself(yuan: int, notation: str) -> None:
    amount = Decimal(yuan) / 10_000
    text = notation.format(**{"万": f"{amount:f}", "元": yuan})
    assert read_figure(text, MONEY, TEXTS) == Figure(ValueState.VALUE, amount)
    assert read_figure(float(amount), MONEY, TEXTS).value == amount


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_read_back_to_themselves(number: int) -> None:
    import cn2an

    assert read_figure(cn2an.an2cn(number), COUNT, TEXTS).value == number


@given(st.text(" \t\n　—-", max_size=5))
def test_a_blank_never_reads_as_a_number(text: str) -> None:
    for raw in (text, text or None):
        assert not read_figure(raw, COUNT, TEXTS).state.has_number
        assert not any(figure.state.has_number for figure in read_pair(raw, CASES, TEXTS))


@given(st.one_of(st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.dates(), st.none()))
def test_no_value_makes_the_reader_fail(raw: object) -> None:
    for unit in (COUNT, MONEY, YES_NO):
        figure = read_figure(raw, unit, TEXTS)
        assert (figure.value is not None) == figure.state.has_number
    for item in (PENALTIES, CASES):
        assert len(read_pair(raw, item, TEXTS)) == 2
