{% set cuts = ['unit', 'place', 'sector', 'source', 'level', 'listed_level', 'vintage'] %}
{% set counted = ['found_count', 'rectified_count', 'closed_count', 'reopened_count'] %}

with hazards as (
    select
        months.campaign_id,
        months.form_id,
        months.period,
        coalesce(months.unit_id, 'unknown') as unit,
        coalesce(hazards.place_unit_id, 'unknown') as place,
        coalesce(hazards.sector, 'unknown') as sector,
        {% for cut in cuts[3:] -%}
            coalesce(months.{{ cut }}, 'unknown') as {{ cut }},
        {% endfor -%}
        {% for column in counted + ['was_open', 'is_open', 'is_overdue'] -%}
            months.{{ column }},
        {% endfor -%}
        hazards.plan_elements >= hazards.plan_elements_asked as is_plan_complete
    from {{ ref('fct_hazard_months') }} as months
    inner join {{ ref('fct_hazards') }} as hazards
        on months.campaign_id = hazards.campaign_id and months.hazard_id = hazards.hazard_id
),

by_cut as (
    select
        campaign_id,
        form_id,
        period,
        case
            {% for cut in cuts -%}
                when grouping({{ cut }}) = 0 then '{{ cut }}'
            {% endfor -%}
            else 'all'
        end as cut,
        coalesce({{ cuts | join(', ') }}, 'all') as cut_value,
        count(*) filter (where was_open) as opening_count,
        {% for column in counted -%}
            sum({{ column }}) as {{ column }},
        {% endfor -%}
        count(*) filter (where is_open) as open_count,
        count(*) filter (where is_overdue) as overdue_count,
        count(*) filter (where is_open and is_plan_complete) as open_with_plan_count
    from hazards
    group by
        grouping sets (
            {% for cut in cuts -%}
                (campaign_id, form_id, period, {{ cut }}),
            {% endfor -%}
            (campaign_id, form_id, period)
        )
)

select
    by_cut.campaign_id,
    by_cut.form_id,
    by_cut.period,
    by_cut.cut,
    by_cut.cut_value,
    coalesce(
        units.unit_name,
        choices.choice_name,
        case by_cut.cut_value
            when 'all' then '全部' when 'this_year' then '本年发现' when 'earlier' then '以前年度发现'
            when 'unknown' then case when by_cut.cut = 'listed_level' then '未挂牌' else '未写明' end
        end,
        by_cut.cut_value
    ) as cut_name,
    cast(by_cut.opening_count as int) as opening_count,
    cast(by_cut.found_count as int) as found_count,
    cast(by_cut.rectified_count as int) as rectified_count,
    cast(by_cut.closed_count as int) as closed_count,
    cast(by_cut.reopened_count as int) as reopened_count,
    cast(by_cut.open_count as int) as open_count,
    cast(by_cut.overdue_count as int) as overdue_count,
    cast(by_cut.open_with_plan_count as int) as open_with_plan_count
from by_cut
left join {{ ref('int_units__latest') }} as units
    on
        by_cut.cut in ('unit', 'place')
        and by_cut.campaign_id = units.campaign_id
        and by_cut.cut_value = units.unit_id
left join {{ ref('stg_campaigns__choices') }} as choices
    on
        by_cut.campaign_id = choices.campaign_id
        and by_cut.form_id = choices.form_id
        and by_cut.cut = choices.column_id
        and by_cut.cut_value = choices.choice_code
