"""A deployment's own copy of one of our campaigns, to be changed and loaded again.

Belongs here: copying, replacing one place of a file, the sentence of a refusal. Does not belong here: assertions.
"""

import shutil
from pathlib import Path

import pytest

from campaigns.load import CampaignError, load_campaign
from campaigns.model import Campaign

CAMPAIGNS = Path(__file__).parents[3] / "campaigns"


def copy_of(campaign_id: str, target: Path) -> Path:
    """Copy a campaign's folder below `target`, under its own id."""
    folder = target / campaign_id
    shutil.copytree(CAMPAIGNS / campaign_id, folder)
    return folder


def replace(path: Path, old: str, new: str) -> int:
    """Replace the one place where `old` stands; the line it stood on."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def add_lines(path: Path, *lines: str) -> int:
    """Add lines to the end of a file; the number of the first."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(before + "\n".join(lines) + "\n", encoding="utf-8")
    return before.count("\n") + 1


def loaded(folder: Path) -> Campaign:
    return load_campaign(folder.name, [folder.parent])


def refusal(folder: Path) -> str:
    with pytest.raises(CampaignError) as caught:
        loaded(folder)
    return str(caught.value)
