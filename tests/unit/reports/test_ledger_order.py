"""In which order the hazards behind a figure stand in 数账核对 and in the 核实单."""

import duckdb
import pytest

from reports.consolidation.ledger_table import LEDGER_ORDER


@pytest.mark.parametrize(
    ("difference", "in_order"),
    [
        # The form says more than the list: what is missing from the list comes before what is counted there.
        (
            "1",
            "listed_by_other_unit undated reported_later shared_with_other_unit not_major other_source counted",
        ),
        # The form says less: what the list counts comes before what it does not.
        (
            "-1",
            "reported_later shared_with_other_unit listed_by_other_unit undated counted not_major other_source",
        ),
    ],
)
def test_hazards_that_may_make_the_difference_come_first(difference: str, in_order: str) -> None:
    counted = {"counted", "reported_later", "shared_with_other_unit"}
    with duckdb.connect() as connection:
        connection.execute(
            "create table behind (unit_position int, unit_id varchar, position int, difference decimal(18, 4), "
            "is_counted boolean, reason varchar, found_on date, hazard_id varchar)"
        )
        rows = [[difference, reason in counted, reason, reason] for reason in sorted(in_order.split(), reverse=True)]
        connection.executemany("insert into behind values (1, '01', 1, ?, ?, ?, null, ?)", rows)
        ordered = connection.execute(f"select reason from behind order by {LEDGER_ORDER}").fetchall()
    assert [reason for (reason,) in ordered] == in_order.split()
