with latest as (
    select
        campaign_id,
        form_id,
        unit_id,
        max(period) as period,
        max_by(submission_id, period) as submission_id
    from {{ ref('int_submissions__versioned') }}
    where is_current
    group by campaign_id, form_id, unit_id
)

select
    entries.campaign_id,
    entries.form_id,
    entries.unit_id,
    latest.period,
    latest.submission_id,
    'RG-2-01' as rule_code,
    row_number() over (partition by entries.campaign_id, entries.form_id order by entries.row_key asc nulls last)
        as order_in_rule,
    '“' || entries.row_key || '”在 ' || entries.last_period
    || ' 的台账中有，本期没有列。已停用、移出或消除的，请保留该行并填日期；漏列的，请补报。' as message,
    'The entry ' || entries.row_key || ' stood in the register of ' || entries.last_period
    || ' and is left out of this one; keep the row and give the day it ended, or add it again.' as message_en,
    cast(null as string) as source_cell
from {{ ref('fct_register_entries') }} as entries
inner join latest
    on
        entries.campaign_id = latest.campaign_id
        and entries.form_id = latest.form_id
        and entries.unit_id = latest.unit_id
where
    entries.is_gone
    and entries.valid_to is null
    and entries.row_key not like entries.last_period || ' 第%' -- a row without a key: nobody can say whether it is gone
