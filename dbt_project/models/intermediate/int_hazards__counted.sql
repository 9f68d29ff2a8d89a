{{ config(materialized='table') }}

with with_ledger as (
    select
        versions.campaign_id,
        versions.unit_id,
        min(coalesce(allowed.cutoff_on, versions.received_on)) as since
    from {{ ref('int_submissions__versioned') }} as versions
    inner join {{ ref('stg_campaigns__forms') }} as forms
        on versions.campaign_id = forms.campaign_id and versions.form_id = forms.form_id
    left join {{ ref('int_reports__allowed') }} as allowed
        on
            versions.campaign_id = allowed.campaign_id
            and versions.form_id = allowed.form_id
            and versions.unit_id = allowed.unit_id
            and versions.period = allowed.period
    where versions.is_current and forms.form_kind = 'hazard_list'
    group by versions.campaign_id, versions.unit_id
),

items as (
    select * from {{ ref('stg_campaigns__indicator_ledger') }}
),

ends as (
    select 1 as turn
    union all
    select -1 as turn
),

{# Days on which a number changes, and days on which it is asked for: it is the sum of what came before. #}
days as (
    select
        spans.campaign_id,
        spans.form_id,
        spans.unit_id,
        spans.item_code,
        spans.part,
        case ends.turn when 1 then spans.from_on else spans.until_on end as on_day,
        cast(null as string) as period,
        cast(sum(ends.turn) as bigint) as change
    from {{ ref('fct_ledger_spans') }} as spans
    inner join ends on ends.turn = 1 or spans.until_on is not null
    where spans.reason = 'counted'
    group by
        spans.campaign_id, spans.form_id, spans.unit_id, spans.item_code, spans.part,
        case ends.turn when 1 then spans.from_on else spans.until_on end

    union all

    select distinct
        reports.campaign_id,
        reports.form_id,
        reports.unit_id,
        items.item_code,
        items.part,
        reports.cutoff_on as on_day,
        reports.period,
        cast(0 as bigint) as change
    from {{ ref('int_reports__allowed') }} as reports
    inner join items on reports.campaign_id = items.campaign_id and reports.form_id = items.form_id
    inner join with_ledger
        on
            reports.campaign_id = with_ledger.campaign_id
            and reports.unit_id = with_ledger.unit_id
            and reports.cutoff_on >= with_ledger.since
    where reports.cutoff_on <= {{ as_of_date() }}
),

numbers as (
    select
        campaign_id,
        form_id,
        unit_id,
        period,
        on_day as cutoff_on,
        item_code,
        part,
        cast(
            sum(change) over (
                partition by campaign_id, form_id, unit_id, item_code, part
                order by on_day asc nulls last
                range between unbounded preceding and current row
            ) as decimal(18, 4)
        ) as ledger_value
    from days
)

select *
from numbers
where period is not null
