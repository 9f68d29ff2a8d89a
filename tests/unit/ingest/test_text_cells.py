"""What is made of text files and web pages: encodings, separators, quotation marks, spans."""

import pytest

from ingest.files.read_html import read_html
from ingest.files.read_text import decode_text, read_csv
from ingest.files.zip_members import DamagedError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_encodings_of_chinese_offices(encoding: str) -> None:
    assert decode_text("隐患,12\n".encode(encoding)) == "隐患,12\n"


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"\x81", b"ab\x07c"])
def test_what_is_no_text(content: bytes) -> None:
    assert decode_text(content) is None


def test_separators_quotes_and_ragged_rows() -> None:
    grid = read_csv('a,"b,c",\n"d\ne"\n,,5\n').grids[0]
    assert grid.rows == [["a", "b,c", None], ["d\ne", None, None], [None, None, "5"]]
    assert grid.at(2, 2) == "CSV!R3C3"
    assert read_csv("a;b\n1;2\n").grids[0].rows == [["a", "b"], ["1", "2"]]
    declared = read_csv("sep=;\na;b\n").grids[0]
    assert (declared.rows, declared.at(0, 1)) == ([["a", "b"]], "CSV!R2C2")


def test_an_unclosed_quotation_mark_is_damage() -> None:
    with pytest.raises(DamagedError):
        read_csv('a,"b\nc,d\n')


def test_a_web_page() -> None:
    page = (
        "<html><body><table><tr><td rowspan=2>a</td><td colspan=2>b<br>c</td></tr>"
        "<tr><td>1<s>2</s></td><td><script>x</script>3</td></tr></table></body></html>"
    )
    grid = read_html(page).grids[0]
    assert grid.rows == [["a", "b\nc", None], [None, "1", "3"]]
    assert grid.merges == ((0, 0, 1, 0), (0, 1, 0, 2))
