{% set cuts = ['all', 'unit', 'place', 'sector', 'source', 'level', 'listed_level', 'vintage'] %}

with hazards as (
    select
        months.*,
        hazards.place_unit_id,
        hazards.sector,
        hazards.plan_elements >= hazards.plan_elements_asked as is_plan_complete
    from {{ ref('fct_hazard_months') }} as months
    inner join {{ ref('fct_hazards') }} as hazards
        on months.campaign_id = hazards.campaign_id and months.hazard_id = hazards.hazard_id
),

cuts as (
    {% for cut in cuts %}
        select '{{ cut }}' as cut
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

by_cut as (
    select
        hazards.*,
        cuts.cut,
        coalesce(
            case cuts.cut
                when 'all' then 'all'
                when 'unit' then hazards.unit_id
                when 'place' then hazards.place_unit_id
                when 'sector' then hazards.sector
                when 'source' then hazards.source
                when 'level' then hazards.level
                when 'listed_level' then hazards.listed_level
                when 'vintage' then hazards.vintage
            end,
            'unknown'
        ) as cut_value
    from hazards
    cross join cuts
),

choices as (
    select
        campaign_id,
        form_id,
        column_id,
        choice_code,
        max(choice_name) as choice_name
    from {{ ref('stg_campaigns__choices') }}
    group by campaign_id, form_id, column_id, choice_code
)

select
    by_cut.campaign_id,
    by_cut.form_id,
    by_cut.period,
    by_cut.cut,
    by_cut.cut_value,
    coalesce(
        max(units.unit_name),
        max(choices.choice_name),
        case by_cut.cut_value
            when 'all' then '全部' when 'this_year' then '本年发现' when 'earlier' then '以前年度发现'
            when 'unknown' then case when by_cut.cut = 'listed_level' then '未挂牌' else '未写明' end
        end,
        by_cut.cut_value
    ) as cut_name,
    cast(count(*) filter (where by_cut.was_open) as int) as opening_count,
    cast(sum(by_cut.found_count) as int) as found_count,
    cast(sum(by_cut.rectified_count) as int) as rectified_count,
    cast(sum(by_cut.closed_count) as int) as closed_count,
    cast(sum(by_cut.reopened_count) as int) as reopened_count,
    cast(count(*) filter (where by_cut.is_open) as int) as open_count,
    cast(count(*) filter (where by_cut.is_overdue) as int) as overdue_count,
    cast(count(*) filter (where by_cut.is_open and by_cut.is_plan_complete) as int) as open_with_plan_count
from by_cut
left join {{ ref('int_units__latest') }} as units
    on
        by_cut.cut in ('unit', 'place')
        and by_cut.campaign_id = units.campaign_id
        and by_cut.cut_value = units.unit_id
left join choices
    on
        by_cut.campaign_id = choices.campaign_id
        and by_cut.form_id = choices.form_id
        and by_cut.cut = choices.column_id
        and by_cut.cut_value = choices.choice_code
group by by_cut.campaign_id, by_cut.form_id, by_cut.period, by_cut.cut, by_cut.cut_value
