with above as (
    select * from {{ ref('int_hazards__differences') }}
    where form_value > compared_value
),

units as (
    select distinct
        above.campaign_id,
        above.unit_id,
        names.unit_name
    from above
    inner join {{ ref('int_units__latest') }} as names
        on above.campaign_id = names.campaign_id and above.unit_id = names.unit_id
),

{# A hazard lies in a unit's place, or was found by it, and stands in another unit's list. #}
of_others as (
    {% for whose in ['hazards.place_unit_id = units.unit_id', 'hazards.found_by = units.unit_name'] %}
        select
            hazards.campaign_id,
            units.unit_id,
            hazards.hazard_id,
            hazards.shared_hazard_id
        from {{ ref('fct_hazards') }} as hazards
        inner join units on hazards.campaign_id = units.campaign_id and {{ whose }}
        where hazards.unit_id <> units.unit_id
        {{ 'union' if not loop.last }}
    {% endfor %}
)

select
    above.campaign_id,
    above.form_id,
    above.unit_id,
    above.period,
    above.item_code,
    above.part,
    of_others.hazard_id
from above
inner join of_others on above.campaign_id = of_others.campaign_id and above.unit_id = of_others.unit_id
inner join {{ ref('fct_ledger_spans') }} as spans
    on
        above.campaign_id = spans.campaign_id
        and above.form_id = spans.form_id
        and above.item_code = spans.item_code
        and above.part = spans.part
        and of_others.hazard_id = spans.hazard_id
        and spans.reason = 'counted'
        and {{ is_span_of('spans', 'above.cutoff_on') }}
left join {{ ref('fct_hazards') }} as own
    on
        of_others.campaign_id = own.campaign_id
        and of_others.unit_id = own.unit_id
        and of_others.shared_hazard_id = own.shared_hazard_id
where own.hazard_id is null
