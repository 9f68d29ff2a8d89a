"""An accident that a later list says otherwise, from two files to the restatement: each word is in the cell named.

April's list reports 2024-1. May's has another accident above it, one more dead, another town, the loss and the day the
case was closed. The columns stand in the form's order (A to K), and the first line is row 4.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from campaigns.load import load_campaign
from orchestration.home import Home
from orchestration.nightly import nightly
from orchestration.restating.compared_nights import compared_nights
from orchestration.restating.restated_row import ChangedWord, RestatedRow
from orchestration.restating.row_restatement import restated_rows
from orchestration.restating.row_wording import called_in, row_in_words
from tests.forms import as_xlsx
from tests.list_forms import listed

PUTUO = load_campaign("putuo_2024_2026")
FIRST = {"accident_number": "2024-1", "occurred_on": "2024年4月3日", "place": "长征镇", "grade": "一般", "deaths": 1}
SECOND = {"accident_number": "2024-2", "occurred_on": "2024年5月9日", "place": "长征镇", "grade": "一般", "deaths": 1}
AGAIN = {"place": "桃浦镇", "deaths": 2, "direct_loss": "120.5", "closed_on": "2024年5月20日"}


def send(home: Home, month: int, *rows: dict[str, Any]) -> None:
    stamp = {"unit": "区应急局", "period": f"2024年{month}月", "filled_on": f"2024年{month}月23日"}
    target = home.inbox / "putuo_2024_2026" / f"应急局{month}月事故.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(as_xlsx(listed(PUTUO.form("accidents"), rows, **stamp)))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("restated_accidents")).prepare()
    send(home, 4, FIRST)
    assert nightly(home, datetime(2024, 4, 24, 17)).failures == ()
    send(home, 5, SECOND, FIRST | AGAIN)
    assert nightly(home, datetime(2024, 5, 24, 17)).failures == ()
    return home


@pytest.fixture(scope="module")
def row(home: Home) -> RestatedRow:
    rows = restated_rows(compared_nights(home, None, None), "putuo_2024_2026")
    (row,) = (row for row in rows if (row.fact, row.row_name) == ("accident", "2024-1"))
    return row


def test_each_changed_word_has_its_cell_and_one_that_stayed_is_not_told(row: RestatedRow) -> None:
    assert row.change == "changed"
    assert row.words == (
        ChangedWord("place_unit_id", "310107102", "310107103", "Sheet1!C5"),
        ChangedWord("deaths", 1, 2, "Sheet1!G5"),
        ChangedWord("direct_loss", None, Decimal("120.5"), "Sheet1!I5"),
        ChangedWord("closed_on", None, date(2024, 5, 20), "Sheet1!J5"),
    )
    assert [(cause.kind, cause.file_name, cause.source_cell) for cause in row.causes] == [
        ("later_list", "应急局5月事故.xlsx", "Sheet1!B5")
    ]


def test_the_file_says_it_there(home: Home, row: RestatedRow) -> None:
    archived = home.archived(row.causes[0].file_sha256)
    assert archived
    workbook = load_workbook(BytesIO(archived.read_bytes()))
    places = [str(word.source_cell).split("!") for word in row.words]
    assert [str(workbook[sheet][cell].value) for sheet, cell in places] == ["桃浦镇", "2", "120.5", "2024年5月20日"]


def test_it_reads_in_the_words_of_the_list(row: RestatedRow) -> None:
    assert row_in_words(row, called_in(PUTUO)).words == (
        "发生地 长征镇 → 桃浦镇（Sheet1!C5）；死亡 1 → 2（Sheet1!G5）；直接损失 空白 → 120.5（Sheet1!I5）；"
        "结案 空白 → 2024-05-20（Sheet1!J5）"
    )
