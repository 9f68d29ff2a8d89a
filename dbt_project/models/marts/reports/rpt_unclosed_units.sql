{% set keys = 'campaign_id, form_id, period, unit_id' %}
{% set counts = [
    'total_found_count', 'total_closed_count', 'unclosed_count', 'open_count', 'open_again_count', 'overdue_count',
    'unverified_count', 'unsigned_count', 'listed_count', 'undated_count',
] %}

with periods as (
    select * from {{ ref('int_hazards__periods') }}
    where period is not null
),

recent as (
    select * from periods
    where is_recent
),

roster as (
    select allowed.*
    from {{ ref('int_reports__allowed') }} as allowed
    inner join {{ ref('stg_campaigns__forms') }} as forms
        on allowed.campaign_id = forms.campaign_id and allowed.form_id = forms.form_id
    where forms.form_kind = 'hazard_list'
),

counted as (
    select
        {{ keys }},
        count(*) filter (where standing <> 'closed' and standing <> 'undated') as unclosed_count,
        count(found_on) as total_found_count,
        count(*) filter (where standing = 'closed' and found_on is not null) as total_closed_count,
        count(*) filter (where standing in ('open', 'reopened')) as open_count,
        count(*) filter (where standing = 'reopened') as open_again_count,
        count(*) filter (where is_overdue) as overdue_count,
        count(*) filter (where standing = 'rectified') as unverified_count,
        count(*) filter (where standing = 'verified') as unsigned_count,
        count(*) filter (where is_listed and standing <> 'closed' and standing <> 'undated') as listed_count,
        count(*) filter (where standing = 'undated') as undated_count
    from {{ ref('int_hazards__at_cutoffs') }}
    group by {{ keys }}
),

{# What was sent for a period that has not ended yet is later than every cut-off. #}
lists as (
    select
        submissions.campaign_id,
        submissions.form_id,
        submissions.unit_id,
        recent.period,
        max(case when sent.cutoff_on <= recent.cutoff_on then sent.cutoff_on end) as last_cutoff_on
    from {{ ref('fct_submissions') }} as submissions
    inner join recent on submissions.campaign_id = recent.campaign_id and submissions.form_id = recent.form_id
    left join periods as sent
        on
            submissions.campaign_id = sent.campaign_id
            and submissions.form_id = sent.form_id
            and submissions.period = sent.period
    where submissions.is_current
    group by submissions.campaign_id, submissions.form_id, submissions.unit_id, recent.period
),

keys as (
    select {{ keys }} from roster
    union
    select {{ keys }} from counted
)

select
    keys.campaign_id,
    keys.form_id,
    keys.period,
    recent.cutoff_on,
    keys.unit_id,
    coalesce(roster.unit_position, units.unit_position) as unit_position,
    coalesce(roster.unit_name, units.unit_name) as unit_name,
    coalesce(roster.reporting_scope, units.reporting_scope) as reporting_scope,
    lists.unit_id is not null as has_list,
    {% for column in counts -%}
        cast(case when lists.unit_id is not null then coalesce(counted.{{ column }}, 0) end as int) as {{ column }},
    {% endfor -%}
    sent.period as last_list_period
from keys
inner join recent
    on keys.campaign_id = recent.campaign_id and keys.form_id = recent.form_id and keys.period = recent.period
{% for relation in ['roster', 'counted', 'lists'] -%}
    left join {{ relation }}
        on
            keys.campaign_id = {{ relation }}.campaign_id
            and keys.form_id = {{ relation }}.form_id
            and keys.period = {{ relation }}.period
            and keys.unit_id = {{ relation }}.unit_id
{% endfor -%}
left join {{ ref('int_units__latest') }} as units
    on keys.campaign_id = units.campaign_id and keys.unit_id = units.unit_id
left join periods as sent
    on keys.campaign_id = sent.campaign_id and keys.form_id = sent.form_id and lists.last_cutoff_on = sent.cutoff_on
