"""Files below `campaigns/` of a home that no campaign reads, and where they belong.

Belongs here: finding them and saying so. Does not belong here: reading campaigns (campaigns.load), when it is said
(doctor.py, building/warehouse.py).

A campaign is one folder: of one that comes with the program, nothing is read from a home, and a decision that an office
writes there would silently never be taken.
"""

from __future__ import annotations

from pathlib import Path

from orchestration.home import Home

_MOST_NAMED = 5


def unread_campaign_files(home: Home) -> list[str]:
    """A sentence for each folder that has files and no campaign.yml."""
    from campaigns.load import campaign_roots

    (shipped,) = campaign_roots()
    return [sentence for folder in sorted(home.campaign_folder.glob("*")) if (sentence := _sentence(folder, shipped))]


def _sentence(folder: Path, shipped: Path) -> str:
    if not folder.is_dir() or (folder / "campaign.yml").is_file():
        return ""
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith((".", "~$")))
    if not names:
        return ""
    more = f"等 {len(names)} 个文件" if len(names) > _MOST_NAMED else ""
    found = f"{folder} 里没有 campaign.yml，其中的 {'、'.join(names[:_MOST_NAMED])}{more} 没有读"
    own = shipped / folder.name
    if (own / "campaign.yml").is_file():
        return f"{found}：{folder.name} 是随程序带的专项行动，它的文件都在 {own}，请写在那里"
    return f"{found}：请补上 campaign.yml，或移到所属专项行动的文件夹里"
