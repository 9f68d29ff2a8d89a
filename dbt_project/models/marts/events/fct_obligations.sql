with expected as (
    select * from {{ ref('stg_campaigns__expected_events') }}
    where starts_on <= {{ as_of_date() }}
),

done as (
    select
        expected.campaign_id,
        expected.obligation_id,
        expected.unit_id,
        expected.period,
        count(*) as done_count,
        min(events.happened_on) as first_done_on,
        max(events.happened_on) as last_done_on
    from expected
    inner join {{ ref('fct_events') }} as events
        on
            expected.campaign_id = events.campaign_id
            and expected.form_id = events.form_id
            and expected.unit_id = events.unit_id
            and expected.event = events.event
            and expected.starts_on <= events.happened_on
            and expected.ends_on >= events.happened_on
            and not events.is_dated_ahead
    group by expected.campaign_id, expected.obligation_id, expected.unit_id, expected.period
)

select
    expected.campaign_id,
    expected.obligation_id,
    coalesce(expected.obligation_name, choices.choice_name) as obligation_name,
    expected.form_id,
    forms.subject,
    expected.event,
    choices.choice_name as event_name,
    expected.unit_id,
    units.unit_name,
    units.position as unit_position,
    expected.risk_class,
    case expected.risk_class when 'high' then '高危' when 'general' then '一般' end as risk_class_name,
    expected.period,
    expected.starts_on,
    expected.ends_on,
    expected.times,
    cast(coalesce(done.done_count, 0) as int) as done_count,
    cast(greatest(expected.times - coalesce(done.done_count, 0), 0) as int) as shortfall,
    case
        when done.done_count >= expected.times then 'met'
        when expected.ends_on < {{ as_of_date() }} then 'short'
        else 'open'
    end as obligation_state,
    done.first_done_on,
    done.last_done_on,
    expected.clause
from expected
left join done
    on
        expected.campaign_id = done.campaign_id
        and expected.obligation_id = done.obligation_id
        and expected.unit_id = done.unit_id
        and expected.period = done.period
left join {{ ref('stg_campaigns__forms') }} as forms
    on expected.campaign_id = forms.campaign_id and expected.form_id = forms.form_id
left join {{ ref('stg_campaigns__choices') }} as choices
    on
        expected.campaign_id = choices.campaign_id
        and expected.form_id = choices.form_id
        and forms.event_column = choices.column_id
        and expected.event = choices.choice_code
left join {{ ref('stg_campaigns__units') }} as units
    on
        expected.campaign_id = units.campaign_id
        and expected.unit_id = units.unit_id
        and expected.ends_on >= units.valid_from
        and (units.valid_to is null or expected.ends_on < units.valid_to)
