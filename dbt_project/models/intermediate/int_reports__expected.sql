with successors as (
    select distinct
        campaign_id,
        unit_id_after as unit_id
    from {{ ref('stg_campaigns__unit_changes') }}
    where unit_id_before <> unit_id_after
),

owed as (
    select * from {{ ref('int_reports__allowed') }}
    where not is_voluntary
)

select
    owed.*,
    row_number() over (
        partition by owed.campaign_id, owed.form_id, owed.unit_id
        order by owed.cutoff_on asc nulls last, owed.period asc nulls last
    ) = 1
    and successors.unit_id is null as is_first_period
from owed
left join successors on owed.campaign_id = successors.campaign_id and owed.unit_id = successors.unit_id
