-- The ledger counts by the days on which a number changes; counted hazard by hazard at the cut-off it is the same.
select
    counts.campaign_id,
    counts.form_id,
    counts.unit_id,
    counts.period,
    counts.item_code,
    counts.part,
    counts.ledger_value,
    count(spans.hazard_id) as hazards_counted
from {{ ref('fct_ledger_counts') }} as counts
left join {{ ref('fct_ledger_spans') }} as spans
    on
        counts.campaign_id = spans.campaign_id
        and counts.form_id = spans.form_id
        and counts.unit_id = spans.unit_id
        and counts.item_code = spans.item_code
        and counts.part = spans.part
        and {{ is_span_of('spans', 'counts.cutoff_on') }}
        and spans.reason = 'counted'
group by
    counts.campaign_id,
    counts.form_id,
    counts.unit_id,
    counts.period,
    counts.item_code,
    counts.part,
    counts.ledger_value
having counts.ledger_value <> count(spans.hazard_id)
