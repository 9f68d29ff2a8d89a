with counted as (
    select
        counts.campaign_id,
        counts.form_id,
        counts.period,
        counts.item_code,
        counts.part,
        shared_reports.shared_hazard_id,
        shared_reports.hazard_id,
        shared_reports.report_number,
        counts.unit_id,
        figures.cumulative_value as form_value,
        counts.ledger_value,
        figures.submission_id,
        figures.source_cell,
        case
            when figures.cumulative_value is null then 'no_figure'
            when figures.cumulative_value < counts.ledger_value then 'below_list'
        end as unproven
    from {{ ref('fct_hazard_overlaps') }} as shared_reports
    {{ counts_that_hold('shared_reports', ref('fct_ledger_counts'), 'counts') }}
    inner join {{ ref('fct_indicator_values') }} as figures
        on
            counts.campaign_id = figures.campaign_id
            and counts.form_id = figures.form_id
            and counts.unit_id = figures.unit_id
            and counts.period = figures.period
            and counts.item_code = figures.item_code
            and counts.part = figures.part
),

judged as (
    select
        *,
        count(*) over (
            partition by campaign_id, form_id, period, item_code, part, shared_hazard_id
        ) as reports,
        coalesce(
            unproven,
            case
                when
                    row_number() over (
                        partition by campaign_id, form_id, period, item_code, part, shared_hazard_id, unproven
                        order by report_number asc nulls last
                    ) = 1
                    then 'kept'
                else 'counted_twice'
            end
        ) as standing
    from counted
)

select
    judged.campaign_id,
    judged.form_id,
    judged.period,
    judged.item_code,
    judged.part,
    judged.shared_hazard_id,
    judged.hazard_id,
    judged.unit_id,
    units.unit_name,
    judged.standing,
    judged.report_number,
    judged.form_value,
    judged.ledger_value,
    judged.submission_id,
    judged.source_cell,
    hazards.hazard_number,
    hazards.enterprise,
    hazards.hazard_text,
    hazards.found_on,
    lists.file_name as list_file_name,
    hazards.source_row as list_row
from judged
inner join {{ ref('fct_hazards') }} as hazards
    on judged.campaign_id = hazards.campaign_id and judged.hazard_id = hazards.hazard_id
left join {{ ref('fct_submissions') }} as lists on hazards.submission_id = lists.submission_id
left join {{ ref('int_units__latest') }} as units
    on judged.campaign_id = units.campaign_id and judged.unit_id = units.unit_id
where judged.reports > 1
