"""The 网点清单 of one enterprise, as it is sent and as it is read.

Belongs here: rows as literals. Does not belong here: ways of parsing them (reading_lists.py).
"""

from tests.unit.ingest.reading_lists import BAOSHAN, form

SITES = form(BAOSHAN, "site_register")
COMPANY = {"unit": "区属企业甲", "filled_on": "2024年12月20日"}
SITE_ROWS = [
    {"site_name": "一号仓库", "address": "某路1号", "use": "出租", "operator": "承租商行", "area": "1,200.5㎡",
     "is_high_risk": "√", "has_safety_agreement": "有", "valid_from": 45292},
    {"site_name": "二号门店", "address": "某路2号", "use": "自用", "area": 86.5, "is_high_risk": "否",
     "valid_from": "2019.1", "valid_to": "2024年6月30日"},
]  # fmt: skip
SITES_READ = [
    {"site_name": "一号仓库", "address": "某路1号", "use": "leased_out", "operator": "承租商行",
     "area": "1200.5", "is_high_risk": "1", "has_safety_agreement": "1", "valid_from": "2024-01-01"},
    {"site_name": "二号门店", "address": "某路2号", "use": "self_operated", "area": "86.5", "is_high_risk": "0",
     "valid_from": "~2019-01-31", "valid_to": "2024-06-30"},
]  # fmt: skip
