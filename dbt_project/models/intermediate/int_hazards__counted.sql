{{ config(materialized='table') }}

with reports as (
    select
        allowed.campaign_id,
        allowed.form_id,
        allowed.unit_id,
        allowed.period,
        allowed.cutoff_on,
        campaigns.starts_on
    from {{ ref('int_reports__allowed') }} as allowed
    inner join {{ ref('stg_campaigns__campaigns') }} as campaigns
        on allowed.campaign_id = campaigns.campaign_id
    where allowed.cutoff_on <= {{ as_of_date() }}
),

with_ledger as (
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

hazards as (
    select
        reports.campaign_id,
        reports.form_id,
        reports.unit_id,
        reports.period,
        hazards.hazard_id,
        hazards.source,
        coalesce(hazards.listed_on <= reports.cutoff_on, hazards.listed_level is not null) as is_listed,
        spans.status in ('rectified', 'closed') as is_rectified
    from reports
    inner join {{ ref('fct_hazards') }} as hazards
        on
            reports.campaign_id = hazards.campaign_id
            and reports.unit_id = hazards.unit_id
            and hazards.level = 'major'
            and reports.starts_on <= hazards.found_on
    inner join {{ ref('int_hazards__spans') }} as spans
        on
            hazards.campaign_id = spans.campaign_id
            and hazards.hazard_id = spans.hazard_id
            and reports.cutoff_on >= spans.from_on
            and (spans.until_on is null or reports.cutoff_on < spans.until_on)
)

select
    reports.campaign_id,
    reports.form_id,
    reports.unit_id,
    reports.period,
    provable.item_code,
    provable.part,
    cast(
        count(hazards.hazard_id) filter (where provable.counts = 'found' or hazards.is_rectified) as decimal(18, 4)
    ) as ledger_value
from reports
inner join with_ledger
    on
        reports.campaign_id = with_ledger.campaign_id
        and reports.unit_id = with_ledger.unit_id
        and reports.cutoff_on >= with_ledger.since
inner join {{ ref('stg_campaigns__indicator_ledger') }} as provable
    on reports.campaign_id = provable.campaign_id and reports.form_id = provable.form_id
left join hazards
    on
        reports.campaign_id = hazards.campaign_id
        and reports.form_id = hazards.form_id
        and reports.unit_id = hazards.unit_id
        and reports.period = hazards.period
        and (provable.source is null or provable.source = hazards.source)
        and (not provable.is_listed or hazards.is_listed)
group by
    reports.campaign_id, reports.form_id, reports.unit_id, reports.period, provable.item_code, provable.part
