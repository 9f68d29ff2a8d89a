{{ config(tags=['after_gate2']) }}

with spans as (
    select
        *,
        ends_on < {{ as_of_date() }} as is_final
    from {{ ref('stg_campaigns__spans') }}
    where starts_on <= {{ as_of_date() }}
),

cuts as (
    select 'all' as cut
    union all
    select 'grade' as cut
    union all
    select 'place' as cut
    union all
    select 'industry' as cut
),

by_cut as (
    select
        accidents.*,
        cuts.cut,
        case cuts.cut
            when 'all' then 'all'
            when 'grade' then coalesce(accidents.grade, 'unknown')
            when 'place' then coalesce(accidents.place_unit_id, 'unknown')
            when 'industry' then coalesce(accidents.industry, 'unknown')
        end as cut_value,
        case cuts.cut
            when 'grade' then accidents.grade_name
            when 'place' then accidents.place_name
            when 'industry' then accidents.industry
        end as cut_name
    from {{ ref('int_accidents__clocked') }} as accidents
    cross join cuts
    where not accidents.is_dated_ahead
),

placed as (
    select
        by_cut.*,
        spans.period,
        by_cut.occurred_on >= spans.starts_on as is_in_span,
        by_cut.occurred_on >= spans.year_starts_on as is_to_date,
        by_cut.occurred_on between spans.base_starts_on and spans.base_ends_on
        and (
            spans.is_final
            or {{ days_between('spans.base_starts_on', 'by_cut.occurred_on') }}
            <= {{ days_between('spans.starts_on', as_of_date()) }}
        ) as is_in_base,
        by_cut.occurred_on <= spans.base_ends_on
        and (
            spans.is_final
            or {{ days_between('spans.base_year_starts_on', 'by_cut.occurred_on') }}
            <= {{ days_between('spans.year_starts_on', as_of_date()) }}
        ) as is_base_to_date,
        by_cut.occurred_on < spans.year_starts_on as is_in_base_year
    from spans
    inner join by_cut
        on
            spans.campaign_id = by_cut.campaign_id
            and spans.base_year_starts_on <= by_cut.occurred_on
            and spans.ends_on >= by_cut.occurred_on
)

select
    campaign_id,
    period,
    cut,
    cut_value,
    max(cut_name) as cut_name,
    count(*) filter (where is_in_span) as accidents,
    cast(sum(deaths) filter (where is_in_span) as int) as deaths,
    count(*) filter (where is_in_span and deaths is null) as unknown_deaths,
    cast(sum(injured) filter (where is_in_span) as int) as injured,
    count(*) filter (where is_to_date) as accidents_to_date,
    cast(sum(deaths) filter (where is_to_date) as int) as deaths_to_date,
    count(*) filter (where is_to_date and deaths is null) as unknown_deaths_to_date,
    count(*) filter (where is_to_date and same_as is not null) as suspected_twice_to_date,
    count(*) filter (where is_in_base_year) as accidents_in_base_year,
    count(*) filter (where is_in_base) as base_accidents,
    cast(sum(deaths) filter (where is_in_base) as int) as base_deaths,
    count(*) filter (where is_base_to_date) as base_accidents_to_date,
    cast(sum(deaths) filter (where is_base_to_date) as int) as base_deaths_to_date,
    count(*) filter (where is_to_date and closing_state in ('closed_in_time', 'closed_late', 'closed')) as closed,
    count(*) filter (where is_to_date and closing_state = 'closed_late') as closed_late,
    count(*) filter (where is_to_date and closing_state = 'overdue') as overdue
from placed
group by campaign_id, period, cut, cut_value
