"""A new home: its folders, an inbox for every campaign, and a short note on how to use it.

Belongs here: what `taizhang init` makes. Does not belong here: the home's own folders (home.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from orchestration.home import Home
from orchestration.past_days import refuse_past_day

GUIDE = "使用说明.txt"

_GUIDE = """台账（taizhang）使用说明

一、收表
把各单位报来的 Excel、Word 或 CSV 表原样放进收件箱，文件名、子文件夹不限：
{inboxes}
运行 taizhang ingest 收表；读不了的移到 quarantine，旁边的 .reason.json 写明原因；
退回的和读不了的，收表后的表里和 taizhang status 里都列出原因和下一步。
收过的文件都按原样存在 archive，不会丢。

二、每天
运行 taizhang nightly：收表、重算、核对、发布，并写出当天该报的汇总表（在 reports）。

三、查
taizhang status 行动编号 --period 2023-06    谁报了、谁没报、退回了什么
taizhang trace 行动编号 2023-06 1.1          一个合计数是由哪些文件的哪一格加起来的
taizhang calendar 行动编号                   每一期的截止日和上报日
taizhang doctor                              体检

四、不要做的事
不要改动 raw、archive、published 里的文件。数字有错请报送单位改正后重报，本系统不代改。
"""


def make_home(home: Home, campaign_ids: Sequence[str] = ()) -> list[Path]:
    """Make what is missing in the home; returns the inbox folder of every campaign that it runs.

    Args:
        home: may exist already; nothing in it is changed.
        campaign_ids: those to run; none named means those it runs already, or all in a new home.

    Raises:
        CampaignError: a campaign of that id does not exist.
        PastDayError: the home is a rebuilt past day.
    """
    refuse_past_day(home.root)
    home.prepare()
    inboxes = [home.inbox / home.campaign(campaign_id).campaign_id for campaign_id in campaign_ids]
    inboxes = inboxes or [home.inbox / campaign_id for campaign_id in home.campaigns()]
    for folder in inboxes:
        folder.mkdir(exist_ok=True)
    guide = home.root / GUIDE
    if not guide.exists():
        listed = "\n".join(f"  {folder.relative_to(home.root)}" for folder in inboxes)
        guide.write_text(_GUIDE.format(inboxes=listed), encoding="utf-8-sig")
    return inboxes
