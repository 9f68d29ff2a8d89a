"""What an enterprise's name says besides who it is, by the area and the towns of 海城."""

import pytest

from campaigns.load import load_campaign
from ingest.hazards.enterprise_names import EnterpriseName, EnterpriseNames

NAMES = EnterpriseNames(load_campaign("haicheng_2023"))


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("鸿运木业", EnterpriseName("鸿运木业")),
        ("海城市鸿运木业", EnterpriseName("鸿运木业", region="海城市")),
        ("海城鸿运木业", EnterpriseName("鸿运木业", region="海城市")),
        ("辽宁省鞍山市海城市鸿运木业", EnterpriseName("鸿运木业", region="海城市")),
        ("辽宁鸿运木业", EnterpriseName("鸿运木业", region="辽宁省")),
        ("海城市孤山镇鸿运木业", EnterpriseName("鸿运木业", region="海城市", town="210381101")),
        ("海城市鸿运木业有限公司西柳厂区", EnterpriseName("鸿运木业", site="西柳厂区", region="海城市")),
        ("兴海木业", EnterpriseName("兴海木业")),  # 兴海街道 would say that it is a town
        ("营口市鸿运木业", EnterpriseName("营口市鸿运木业")),  # of no region of this campaign
        ("海城市", EnterpriseName("海城市")),
        ("海城市鸿运", EnterpriseName("海城市鸿运")),
        ("", EnterpriseName("")),
    ],
)
def test_places_and_sites_are_told_apart_from_the_name(key: str, name: EnterpriseName) -> None:
    assert NAMES.read(key) == name


def test_without_a_campaign_no_place_is_known() -> None:
    assert EnterpriseNames(None).read("海城市鸿运木业") == EnterpriseName("海城市鸿运木业")
