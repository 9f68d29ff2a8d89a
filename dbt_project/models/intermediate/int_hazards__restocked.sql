{{ config(materialized='table') }}
{% set months = rows_of_last_build('marts', 'fct_hazard_months') %}

with stocked as (
    {% if months %}
        select
            campaign_id,
            form_id,
            max(cutoff_on) as last_cutoff_on
        from {{ months }}
        group by campaign_id, form_id
    {% else %}
        select
            cast(null as string) as campaign_id,
            cast(null as string) as form_id,
            cast(null as date) as last_cutoff_on
        where 1 = 0
    {% endif %}
),

ended as (
    select
        campaign_id,
        form_id,
        max(cutoff_on) as last_cutoff_on
    from {{ ref('stg_campaigns__due_dates') }}
    where cutoff_on <= {{ as_of_date() }}
    group by campaign_id, form_id
)

select
    campaign_id,
    hazard_id
from {{ ref('int_hazards__stale') }}
{# A month that ended since then is one more row of every hazard that was open when it began, or changed in it. #}
union
select
    hazards.campaign_id,
    hazards.hazard_id
from {{ ref('fct_hazards') }} as hazards
inner join {{ ref('fct_hazard_spans') }} as spans
    on hazards.campaign_id = spans.campaign_id and hazards.hazard_id = spans.hazard_id
inner join ended on hazards.campaign_id = ended.campaign_id and hazards.form_id = ended.form_id
left join stocked on hazards.campaign_id = stocked.campaign_id and hazards.form_id = stocked.form_id
where
    stocked.last_cutoff_on is null
    or (
        ended.last_cutoff_on > stocked.last_cutoff_on
        and coalesce(spans.until_on > stocked.last_cutoff_on, true)
        and (spans.status in ('open', 'reopened') or spans.from_on > stocked.last_cutoff_on)
    )
