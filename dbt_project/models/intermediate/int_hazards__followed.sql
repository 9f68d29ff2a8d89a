with touched as (
    select
        *,
        count(*) over (partition by campaign_id, form_id, unit_id, period, item_code, part) as groups_of_figure
    from {{ ref('int_hazards__touched') }}
),

reported as (
    select
        versions.campaign_id,
        versions.form_id,
        versions.unit_id,
        versions.period,
        cells.item_code,
        cells.part,
        cells.value
    from {{ ref('int_submissions__versioned') }} as versions
    inner join {{ ref('stg_submissions__cells') }} as cells on versions.submission_id = cells.submission_id
    where versions.is_current and {{ is_number_state('cells.value_state') }}
),

borne_out as (
    select
        touched.campaign_id,
        touched.form_id,
        touched.possible_hazard_id,
        touched.item_code,
        touched.part,
        case when touched.groups_of_figure = 1 then reported.value end as value,
        counted.ledger_value,
        counted.ledger_value - touched.passed_over as joined_value
    from touched
    inner join {{ ref('int_hazards__counted') }} as counted
        on
            touched.campaign_id = counted.campaign_id
            and touched.form_id = counted.form_id
            and touched.unit_id = counted.unit_id
            and touched.period = counted.period
            and touched.item_code = counted.item_code
            and touched.part = counted.part
    left join reported
        on
            touched.campaign_id = reported.campaign_id
            and touched.form_id = reported.form_id
            and touched.unit_id = reported.unit_id
            and touched.period = reported.period
            and touched.item_code = reported.item_code
            and touched.part = reported.part
),

by_item as (
    select
        campaign_id,
        form_id,
        possible_hazard_id,
        item_code,
        part,
        count(*) filter (where value = ledger_value) as as_several,
        count(*) filter (where value = joined_value) as as_one,
        count(*) filter (where value < ledger_value and value > joined_value) as as_some
    from borne_out
    group by campaign_id, form_id, possible_hazard_id, item_code, part
),

by_group as (
    select
        *,
        sum(as_several) over (partition by campaign_id, form_id, possible_hazard_id) as group_as_several,
        sum(as_one) over (partition by campaign_id, form_id, possible_hazard_id) as group_as_one
    from by_item
)

select
    campaign_id,
    form_id,
    possible_hazard_id,
    item_code,
    part,
    case
        when as_some > as_several + as_one then null
        when group_as_several > group_as_one then 'several'
        when group_as_one > group_as_several then 'one'
    end as counted_as
from by_group
