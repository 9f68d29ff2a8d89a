"""The stretches of time a campaign is looked back on."""

from datetime import date

from campaigns.load import load_campaign
from campaigns.span_tables import span_rows


def test_a_campaign_has_every_month_quarter_half_year_and_year_that_it_touches() -> None:
    """普陀 begins on 21 March 2024 and ends in 2026: the first quarter is there as a whole."""
    spans = {row["period"]: row for row in span_rows(load_campaign("putuo_2024_2026"))}
    by_cadence = [row["cadence"] for row in spans.values()]
    assert [by_cadence.count(name) for name in ("monthly", "quarterly", "half_yearly", "yearly")] == [34, 12, 6, 3]
    assert min(spans) == "2024" and "2024-02" not in spans
    assert spans["2024Q1"] == {
        "period": "2024Q1",
        "cadence": "quarterly",
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2024, 3, 31),
        "year_starts_on": date(2024, 1, 1),
        "base_period": "2023Q1",
        "base_starts_on": date(2023, 1, 1),
        "base_ends_on": date(2023, 3, 31),
        "base_year_starts_on": date(2023, 1, 1),
    }
    assert spans["2025-02"]["base_ends_on"] == date(2024, 2, 29)  # a leap year before
