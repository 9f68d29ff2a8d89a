from datetime import date, datetime

import pytest

from campaigns.calendar import DueDate, WorkCalendar, due_dates, output_dates
from campaigns.load import load_all, load_campaign
from campaigns.model import Campaign
from campaigns.tables import campaign_rows

NIGHT = datetime(2023, 6, 26, 1, 30)


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign("haicheng_2023")


@pytest.fixture(scope="module")
def dates(campaign: Campaign) -> list[DueDate]:
    return due_dates(campaign, WorkCalendar())


def snapshot_of(campaign: Campaign, dates: list[DueDate], loaded_at: datetime = NIGHT) -> str:
    (snapshot_id,) = {row["snapshot_id"] for rows in campaign_rows(campaign, dates, loaded_at).values() for row in rows}
    return snapshot_id


def test_every_table_has_its_rows(campaign: Campaign, dates: list[DueDate]) -> None:
    rows = campaign_rows(campaign, dates, NIGHT)
    assert {name: len(of_table) for name, of_table in rows.items() if of_table} == {
        "campaigns": 1,
        "forms": 8,
        "units": 43,
        "indicators": 35,
        "due_dates": 76,  # seven months of five forms and three documents, for each of the two reporting scopes
        "rules": 37,
        "contradictions": 6,
        "columns": 76,  # of the hazard list and the three registers beside it
        "choices": 19,
        "indicator_ledger": 6,  # 1.1 to 1.6
        "visit_reasons": 4,
        "spans": 14,  # eight months, three quarters, two half-years, one year
        "documents": 5,
        "stages": 4,
        "unit_details": 43,
        "expected_reports": 1634,  # 43 units, thirty-eight due dates, voluntary ones included
    }
    assert {row["campaign_id"] for of_table in rows.values() for row in of_table} == {"haicheng_2023"}
    assert {row["loaded_at"] for of_table in rows.values() for row in of_table} == {NIGHT}


@pytest.mark.parametrize("campaign_id", sorted(load_all()))
def test_rows_hold_every_column_of_the_raw_table_and_no_other(campaign_id: str) -> None:
    from ingest.raw.raw_tables import RAW_TABLES

    campaign = load_campaign(campaign_id)
    dates = due_dates(campaign, WorkCalendar())
    outputs = output_dates(campaign, WorkCalendar())
    for name, rows in campaign_rows(campaign, dates, NIGHT, outputs).items():
        for row in rows:
            assert row.keys() | {"batch_id"} == set(RAW_TABLES[name].names)


def test_an_indicator_row_names_its_part_and_place(campaign: Campaign, dates: list[DueDate]) -> None:
    rows = campaign_rows(campaign, dates, NIGHT)["indicators"]
    assert [row["position"] for row in rows] == list(range(1, 36))
    (amount,) = [row for row in rows if (row["item_code"], row["part"]) == ("3.3", "amount")]
    told = ("position", "indicator_name", "part_name", "measure_unit", "kind", "section_code", "applies_to_territory")
    assert [amount[name] for name in told] == [18, "行政处罚", "金额", "万元", "cumulative_amount", "3", True]
    assert rows[0]["part_name"] is None


def test_the_governing_document_is_the_first_named(campaign: Campaign, dates: list[DueDate]) -> None:
    assert campaign_rows(campaign, dates, NIGHT)["campaigns"][0]["document_number"] == "海安委〔2023〕3号"


def test_a_campaign_that_did_not_change_keeps_its_snapshot(campaign: Campaign, dates: list[DueDate]) -> None:
    again = load_campaign("haicheng_2023")
    assert snapshot_of(again, due_dates(again, WorkCalendar()), datetime(2024, 1, 1)) == snapshot_of(campaign, dates)


def test_a_changed_sentence_unit_or_holiday_makes_a_new_snapshot(campaign: Campaign, dates: list[DueDate]) -> None:
    rule = campaign.rules[0].model_copy(update={"message": "请核对。"})
    unit = campaign.units[0].model_copy(update={"valid_to": date(2023, 9, 1)})
    shifted = due_dates(campaign, WorkCalendar({date(2023, 7, 25): False}))
    snapshots = {
        snapshot_of(campaign, dates),
        snapshot_of(campaign.model_copy(update={"rules": (rule, *campaign.rules[1:])}), dates),
        snapshot_of(campaign.model_copy(update={"units": (unit, *campaign.units[1:])}), dates),
        snapshot_of(campaign, shifted),
    }
    assert len(snapshots) == 4
