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
{# A month that ended since then is one more row of every hazard that was open in it. #}
union
select
    hazards.campaign_id,
    hazards.hazard_id
from {{ ref('fct_hazards') }} as hazards
inner join ended on hazards.campaign_id = ended.campaign_id and hazards.form_id = ended.form_id
left join stocked on hazards.campaign_id = stocked.campaign_id and hazards.form_id = stocked.form_id
where stocked.last_cutoff_on is null or ended.last_cutoff_on > stocked.last_cutoff_on
