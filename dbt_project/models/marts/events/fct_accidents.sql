with sent as (
    select
        events.campaign_id,
        events.form_id,
        events.unit_id,
        events.row_key,
        max(events.happened_on) as happened_on,
        max(events.event) as grade,
        max(events.event_name) as grade_name,
        max(events.first_period) as first_period,
        max(events.last_period) as last_period,
        max(events.is_date_changed) as is_date_changed,
        max(events.received_on) as received_on,
        max(events.is_dated_ahead) as is_dated_ahead,
        max(events.submission_id) as submission_id,
        max(events.source_cell) as source_cell,
        max(case when cells.column_id = 'accident_number' then cells.text_value end) as accident_number,
        max(case when cells.column_id = 'place' then cells.text_value end) as place_unit_id,
        max(case when cells.column_id = 'industry' then cells.text_value end) as industry,
        max(case when cells.column_id = 'enterprise' then cells.text_value end) as enterprise,
        max(case when cells.column_id = 'deaths' then cells.number_value end) as deaths,
        max(case when cells.column_id = 'injured' then cells.number_value end) as injured,
        max(case when cells.column_id = 'direct_loss' then cells.number_value end) as direct_loss,
        max(case when cells.column_id = 'closed_on' then cells.date_value end) as closed_on
    from {{ ref('int_events__reported') }} as events
    inner join {{ ref('int_lists__current_cells') }} as cells
        on events.submission_id = cells.submission_id and events.row_number = cells.row_number
    where events.subject = 'accident'
    group by events.campaign_id, events.form_id, events.unit_id, events.row_key
),

accidents as (
    select
        *,
        case when closed_on <= received_on then closed_on end as ended_on
    from sent
),

told_by_others as (
    select
        accidents.campaign_id,
        accidents.form_id,
        accidents.unit_id,
        accidents.row_key,
        {{ joined_text(
            "coalesce(names.unit_name, others.unit_id) || ' ' || coalesce(others.accident_number, others.row_key)", '；'
        ) }} as same_as
    from accidents
    inner join accidents as others
        on
            accidents.campaign_id = others.campaign_id
            and accidents.happened_on = others.happened_on
            and accidents.enterprise = others.enterprise
            and accidents.unit_id <> others.unit_id
    left join {{ ref('int_units__latest') }} as names
        on others.campaign_id = names.campaign_id and others.unit_id = names.unit_id
    group by accidents.campaign_id, accidents.form_id, accidents.unit_id, accidents.row_key
)

select
    accidents.campaign_id,
    accidents.form_id,
    accidents.unit_id,
    accidents.row_key,
    accidents.accident_number,
    accidents.happened_on as occurred_on,
    accidents.place_unit_id,
    accidents.industry,
    accidents.enterprise,
    accidents.grade,
    accidents.grade_name,
    cast(accidents.deaths as int) as deaths,
    cast(accidents.injured as int) as injured,
    cast(accidents.direct_loss as decimal(18, 4)) as direct_loss,
    accidents.closed_on,
    accidents.ended_on is not null as is_closed,
    case
        when not accidents.is_dated_ahead
            then {{ days_between('accidents.happened_on', 'coalesce(accidents.ended_on, ' ~ as_of_date() ~ ')') }}
    end as days_open,
    told_by_others.same_as,
    accidents.is_date_changed,
    accidents.is_dated_ahead,
    accidents.first_period,
    accidents.last_period,
    accidents.submission_id,
    accidents.source_cell
from accidents
left join told_by_others
    on
        accidents.campaign_id = told_by_others.campaign_id
        and accidents.form_id = told_by_others.form_id
        and accidents.unit_id = told_by_others.unit_id
        and accidents.row_key = told_by_others.row_key
