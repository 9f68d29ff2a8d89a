"""The Chinese words of the screen for what the tables store as codes.

Belongs here: words. Does not belong here: tables, and the words of printed reports (reports/paper/wording.py).
"""

from __future__ import annotations

from reports.paper import wording
from reports.paper.wording import RESTATEMENT_CAUSE

SCOPES = {"territory": "镇街（属地）", "city_level": "本级部门", "all": "合计"}
STATES = {
    "value": "数值",
    "approximate": "约数",
    "zero": "零",
    "blank": "空白",
    "not_applicable": "不适用",
    "unreadable": "看不懂",
    "not_received": "未报",
}
FILE_RESULTS = {
    "accepted": "接收",
    "returned": "退回",
    "quarantined": "无法受理",
    "duplicate": "重复",
    "unpacked": "已拆开",
    "waiting": "稍候",
    "ignored": "略过",
}
STATUSES = wording.SUBMISSION_STATUS
DUE_SOURCES = {"decree": "公文或本地规定", "library": "节假日资料", "estimate": "预估，待放假通知"}
TIMELINESS = {**wording.TIMELINESS, "voluntary": "自愿报送"}
GATES = {"submission": "收表时", "facts": "入账后"}
TASK_STATUSES = {"not_started": "未启动", "in_progress": "推进中", "done": "已完成", "not_received": "未报"}
SAID_NOTHING = {"blank": "列了没填", "omitted": "没有列", "not_received": "未报"}
GRADES = {"general": "一般", "serious": "较大", "major": "重大", "extraordinary": "特别重大"}
REACHED = {"yes": "达到", "no": "未达到", "unknown": "不能判断"}
HAZARD_STATUSES = {
    "open": "未整改",
    "rectified": "已整改，未销号",
    "closed": "已销号",
    "reopened": "重新打开，未整改",
    "unknown": "不详（早先发布的数据没有逐日状态）",
    None: "尚未发现",
}
HAZARD_EVENTS = {
    "found": "发现",
    "enterprise_reported": "企业报告",
    "regulator_reported": "部门上报",
    "listed": "挂牌督办",
    "delisted": "摘牌",
    "supervised": "督办函告",
    "notified": "通知到人",
    "rectified": "整改完成",
    "verified": "验收",
    "closed": "销号",
    "looked_back": "回头看",
    "reopened": "重新打开",
}
DEADLINE_COLUMNS = {"due_on": "整改期限", "listed_due_on": "督办期限", "extended_to": "延期至"}
ADDRESSEES = {"principal": "主要负责人", "controller": "实际控制人", "both": "主要负责人和实际控制人"}
STOCK_NAMES = {
    "opening": "期初存量",
    "found": "本期发现",
    "rectified": "本期整改完成",
    "closed": "本期销号",
    "reopened": "本期重新打开",
    "open": "期末存量",
    "overdue": "超期未整改",
    "with_plan": "期末存量中五落实齐全的",
}
STOCK_CUT_NAMES = {
    "unit": "报送单位",
    "place": "属地",
    "sector": "行业领域",
    "source": "来源",
    "level": "等级",
    "listed_level": "挂牌级别",
    "vintage": "发现年份",
}
RESTATED_FACTS = {
    "task": "任务",
    "register_entry": "台账条目",
    "register_value": "台账内容",
    "accident": "事故",
    "hazard": "隐患",
    "hazard_event": "隐患经过",
}
RESTATED_NATURES = {"correction": "更正", "late": "迟报", "progress": "进展"}
RESTATED_ROWS = {"added": "新增", "changed": "改动", "gone": "不再列出"}
RESTATED_WORDS = {
    "status": "状态",
    "progress": "进展",
    "evidence": "佐证",
    "reason": "原因",
    "note": "备注",
    "is_in_register": "在册",
    "valid_from": "启用",
    "valid_to": "停用",
    "value": "内容",
    "grade": "等级",
    "occurred_on": "发生日期",
    "place_unit_id": "发生地",
    "industry": "行业",
    "enterprise": "事故单位",
    "deaths": "死亡",
    "injured": "受伤",
    "direct_loss": "直接损失",
    "closed_on": "结案",
    "level": "等级",
    "source": "来源",
    "found_on": "发现",
    "due_on": "期限",
    "listed_level": "挂牌级别",
    "listed_on": "挂牌",
    "reopened_count": "重新打开次数",
    "event_on": "日期",
    "actor": "由谁",
}
SHORT_HASH = 12  # characters of a sha256 on the screen
DECISIONS = {"same": "同一处", "different": "不是同一处"}
RESTATED_BECAUSE = {
    **RESTATEMENT_CAUSE,
    "roster": "名单变动",
    "definition": "报表定义变动",
    "previous_period": "上期的数改了",
    "new_line": "新报的隐患",
    "newer_line": "后来的清单改了",
    "later_list": "后来的清单",
    "decision": "人工认定",
    "decision_withdrawn": "人工认定撤销",
    "decision_changed": "人工认定改变",
    "joined": "并入另一处",
}
