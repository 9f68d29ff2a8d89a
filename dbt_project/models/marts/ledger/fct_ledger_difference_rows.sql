{{ config(tags=['after_gate2']) }}

with first_lines as (
    select
        campaign_id,
        hazard_id,
        reported_as_of as first_reported_on
    from {{ ref('int_hazards__versions') }}
    where version_number = 1
),

judged as (
    select
        differences.campaign_id,
        differences.form_id,
        differences.unit_id,
        differences.period,
        differences.item_code,
        differences.part,
        hazards.hazard_id,
        case
            when spans.reason = 'other_source' and hazards.source is null then 'no_source'
            when spans.reason is not null then spans.reason
            when hazards.level = 'major' then 'found_after_cutoff'
            when hazards.level is null then 'no_level'
            else 'not_major'
        end as reason,
        unsettled.hazard_id is not null as is_doubtful,
        shared_reports.hazard_id is not null as is_shared,
        first_lines.first_reported_on > differences.cutoff_on as is_reported_later
    from {{ ref('int_hazards__differences') }} as differences
    inner join {{ ref('fct_hazards') }} as hazards
        on differences.campaign_id = hazards.campaign_id and differences.unit_id = hazards.unit_id
    left join {{ ref('fct_ledger_spans') }} as spans
        on
            differences.campaign_id = spans.campaign_id
            and differences.form_id = spans.form_id
            and differences.item_code = spans.item_code
            and differences.part = spans.part
            and hazards.hazard_id = spans.hazard_id
            and {{ is_span_of('spans', 'differences.cutoff_on') }}
    inner join first_lines
        on hazards.campaign_id = first_lines.campaign_id and hazards.hazard_id = first_lines.hazard_id
    left join {{ ref('int_hazards__unsettled') }} as unsettled
        on hazards.campaign_id = unsettled.campaign_id and hazards.hazard_id = unsettled.hazard_id
    left join {{ ref('fct_hazard_overlaps') }} as shared_reports
        on hazards.campaign_id = shared_reports.campaign_id and hazards.hazard_id = shared_reports.hazard_id
)

select
    campaign_id,
    form_id,
    unit_id,
    period,
    item_code,
    part,
    hazard_id,
    reason = 'counted' as is_counted,
    case
        when reason <> 'counted' then reason
        when is_doubtful then 'doubtful_pair'
        when is_shared then 'shared_with_other_unit'
        when is_reported_later then 'reported_later'
        else reason
    end as reason
from judged
where reason = 'counted' or not is_reported_later
union all
select
    campaign_id,
    form_id,
    unit_id,
    period,
    item_code,
    part,
    hazard_id,
    false as is_counted,
    'listed_by_other_unit' as reason
from {{ ref('int_hazards__listed_elsewhere') }}
