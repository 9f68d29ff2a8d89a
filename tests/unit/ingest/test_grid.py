"""Places in a grid: a column by its letters and by its number."""

import pytest

from ingest.files.grid import column_letters, column_number


@pytest.mark.parametrize(("letters", "number"), [("A", 0), ("Z", 25), ("AA", 26), ("XFD", 16383)])
def test_column_letters(letters: str, number: int) -> None:
    assert (column_letters(number), column_number(letters)) == (letters, number)
