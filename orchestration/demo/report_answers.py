"""What a visitor asks of an office's reports as such: what came, in time or not, and how long the texts are.

Belongs here: the questions, their queries on the published marts, and the answers counted from the letters. Does not
belong here: what stands in lists and tables (content_answers.py), any reader, rule or model of the product.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from campaigns.reporters import upstream_reports
from orchestration.demo.sent import Question, Sent

_TIMELINESS: Final = ("on_time", "late", "missing")


def received(sent: Sent) -> Question:
    words = [one.verdict for one in sent.letters if one.verdict != "accepted"]
    superseded = len(sent.letters) - len(words) - len(sent.current)
    counts: Counter[str] = Counter(words)
    counts.update(accepted=len(sent.current), superseded=superseded)
    return Question(
        "收到的报送件",
        ("状态", "件数"),
        "select status, count(*) from fct_submissions where campaign_id = ? group by 1 order by 1",
        tuple(sorted((status, count) for status, count in counts.items() if count)),
    )


def timeliness(sent: Sent) -> Question:
    counts: dict[tuple[str, str], Counter[str]] = {}
    for report in sent.scene.reports:
        if not report.voluntary and report.due_on < sent.as_of:
            first = sent.first_on.get((report.form_id, report.unit_id, report.period))
            word = "missing" if first is None else "on_time" if first <= report.due_on else "late"
            counts.setdefault((report.period, report.form_id), Counter())[word] += 1
    titles = {form.form_id: form.title for form in sent.scene.campaign.forms}
    answer = sorted(
        (period, titles[form], *(count[w] for w in _TIMELINESS)) for (period, form), count in counts.items()
    )
    return Question(
        "各表是否按时",
        ("报送期", "表", "按时", "迟报", "未报"),
        "select period, form_title, count(*) filter (where timeliness = 'on_time'), "
        "count(*) filter (where timeliness = 'late'), count(*) filter (where timeliness = 'missing') "
        "from rpt_timeliness inner join dim_forms using (campaign_id, form_id) "
        "where campaign_id = ? and due_on between ? and ? and timeliness <> 'not_due' group by 1, 2 order by 1, 2",
        tuple(sorted(answer)),
        (sent.scene.office.first_due, sent.as_of),
    )


def upstream(sent: Sent) -> Question:
    """The downstream reports that rest on something late or missing, and how many such reports."""
    reports = {(one.duty_id, one.unit_id, one.period): one for one in sent.scene.reports}
    late: Counter[tuple[str, str]] = Counter()
    for link in upstream_reports(sent.scene.campaign, list(reports.values())):
        above = reports[link.upstream_duty_id, link.upstream_unit_id, link.period]
        first = sent.first_on.get((above.form_id, above.unit_id, above.period))
        late[link.period, sent.scene.units[link.downstream_unit_id].unit_name] += first is None or first > above.due_on
    return Question(
        "依据的上一环有几家迟报、未报",
        ("报送期", "汇总单位", "迟报和未报的家数"),
        "select period, downstream_unit_name, count(*) filter (where upstream_timeliness in ('late', 'missing')) "
        "from fct_upstream_reports where campaign_id = ? and upstream_due_on < ? group by 1, 2 order by 1, 2",
        tuple(sorted((period, unit, count) for (period, unit), count in late.items())),
        (sent.as_of,),
    )


def lengths(sent: Sent) -> Question:
    """Texts beyond the limit, white space left out; the letters are written without any."""
    longest = {form.form_id: form.narrative.longest for form in sent.forms("narrative") if form.narrative}
    lengths = [
        (one.period, one.unit, sum(map(len, one.content.parts.values())))
        for one in sent.current.values()
        if longest.get(one.form_id)
    ]
    limit = next((limit for limit in longest.values() if limit), 0)
    return Question(
        f"超过 {limit} 字的情况报告",
        ("报送期", "单位", "字数"),
        "select period, unit_name, counted_length from fct_narratives where campaign_id = ? and is_over_limit "
        "order by 1, 2",
        tuple(sorted(line for line in lengths if line[2] > limit)),
    )
