{{ keep_untouched('int_hazards__stale', ['campaign_id', 'hazard_id']) }}

select
    campaign_id,
    hazard_id,
    status,
    from_on,
    until_on
from {{ ref('int_hazards__turns') }}
{# Of several things on one day the last one holds: those before it end on the day they begin. #}
where (until_on is null or until_on > from_on) {{ if_stale('and') }}
