with compared as (
    select
        *,
        case
            when known_value is null then null
            when relative_to is null and comparison = 'at_most' then known_value <= value
            when relative_to is null and comparison = 'at_least' then known_value >= value
            when base_known > 0 and comparison = 'at_most' then (known_value - base_known) * 100 <= value * base_known
            when base_known > 0 and comparison = 'at_least' then (known_value - base_known) * 100 >= value * base_known
        end as keeps
    from {{ ref('int_accidents__against_targets') }}
)

select
    compared.campaign_id,
    compared.target_id,
    compared.name as target_name,
    compared.measure,
    compared.period,
    compared.is_final,
    compared.setting,
    compared.reading,
    contradictions.code as contradiction_code,
    contradictions.reading as reading_in_force,
    compared.comparison,
    cast(compared.value as decimal(18, 4)) as target_value,
    compared.measure_unit,
    compared.relative_to,
    compared.known_value as current_value,
    compared.base_known as base_value,
    case
        when compared.relative_to is not null
            then cast(
                round((compared.known_value - compared.base_known) * 100.0 / nullif(compared.base_known, 0), 2)
                as decimal(18, 2)
            )
    end as change_percent,
    case
        when compared.keeps is null then 'unknown'
        when compared.unknown_sizes > 0 and compared.keeps and compared.comparison = 'at_most' then 'unknown'
        when compared.unknown_sizes > 0 and not compared.keeps and compared.comparison = 'at_least' then 'unknown'
        when compared.keeps then 'yes'
        else 'no'
    end as reached,
    compared.unknown_sizes,
    compared.suspected_twice,
    compared.undated,
    compared.reports_received,
    compared.text as target_text,
    compared.clause
from compared
left join {{ ref('stg_campaigns__contradictions') }} as contradictions
    on compared.campaign_id = contradictions.campaign_id and compared.setting = contradictions.setting
