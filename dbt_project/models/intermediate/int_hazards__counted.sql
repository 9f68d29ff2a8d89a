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

provable as (
    select distinct
        campaign_id,
        form_id,
        item_code,
        part
    from {{ ref('stg_campaigns__indicator_ledger') }}
),

counted as (
    select
        campaign_id,
        form_id,
        unit_id,
        period,
        item_code,
        part,
        count(*) as hazards
    from {{ ref('int_hazards__weighed') }}
    where exclusion is null and reason = 'counted'
    group by campaign_id, form_id, unit_id, period, item_code, part
)

select
    reports.campaign_id,
    reports.form_id,
    reports.unit_id,
    reports.period,
    reports.cutoff_on,
    provable.item_code,
    provable.part,
    cast(coalesce(counted.hazards, 0) as decimal(18, 4)) as ledger_value
from {{ ref('int_reports__allowed') }} as reports
inner join with_ledger
    on
        reports.campaign_id = with_ledger.campaign_id
        and reports.unit_id = with_ledger.unit_id
        and reports.cutoff_on >= with_ledger.since
inner join provable on reports.campaign_id = provable.campaign_id and reports.form_id = provable.form_id
left join counted
    on
        reports.campaign_id = counted.campaign_id
        and reports.form_id = counted.form_id
        and reports.unit_id = counted.unit_id
        and reports.period = counted.period
        and provable.item_code = counted.item_code
        and provable.part = counted.part
where reports.cutoff_on <= {{ as_of_date() }}
