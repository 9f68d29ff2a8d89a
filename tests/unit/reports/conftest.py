"""One small published city and its finished workbook, made once for all report tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.consolidation.consolidated import write_consolidated
from tests.unit.reports.small_city import PERIOD, publish_small_city


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_small_city(tmp_path_factory.mktemp("city") / "published")


@pytest.fixture(scope="session")
def finished_workbook(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The 调度汇总表 as written; tests that change it copy it first."""
    target = tmp_path_factory.mktemp("reports") / "consolidated.xlsx"
    return write_consolidated(target, published, "small_city", "small", PERIOD).path
