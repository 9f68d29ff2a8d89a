"""An empty home and a run over its inbox, for the tests of intake."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.load import load_campaign
from campaigns.model import Campaign
from ingest.intake import IntakePaths, IntakeReport, take_in
from tests.unit.ingest.intake_runs import CAMPAIGN, NOW
from tests.unit.ingest.plain_forms import SETTINGS, judge, paths_of


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(CAMPAIGN)


@pytest.fixture
def paths(tmp_path: Path) -> IntakePaths:
    (tmp_path / "inbox" / CAMPAIGN).mkdir(parents=True)
    return paths_of(tmp_path)


@pytest.fixture
def take(paths: IntakePaths, campaign: Campaign) -> Callable[..., IntakeReport]:
    dates = {CAMPAIGN: due_dates(campaign, WorkCalendar.load())}

    def take(now: datetime = NOW, **more: object) -> IntakeReport:
        options = {"settings": SETTINGS} | more
        return take_in(paths, {CAMPAIGN: campaign}, dates, judge, now, **options)

    return take
