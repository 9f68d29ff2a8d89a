with reports as (
    select
        begun.campaign_id,
        begun.form_id,
        begun.period,
        begun.unit_id,
        begun.unit_name,
        begun.unit_position
    from {{ ref('int_reports__begun') }} as begun
    union distinct
    select
        campaign_id,
        form_id,
        period,
        unit_id,
        unit_name,
        unit_position
    from {{ ref('int_submissions__versioned') }}
    where is_current
),

asked as (
    select
        reports.*,
        parts_of_forms.column_id as part_id,
        parts_of_forms.column_name as part_name,
        parts_of_forms.position as part_position,
        narratives.submission_id,
        narratives.counted_length,
        narratives.longest_text,
        narratives.is_over_limit
    from reports
    inner join {{ ref('stg_campaigns__forms') }} as forms
        on
            reports.campaign_id = forms.campaign_id
            and reports.form_id = forms.form_id
            and forms.form_kind = 'narrative'
    inner join {{ ref('stg_campaigns__columns') }} as parts_of_forms
        on reports.campaign_id = parts_of_forms.campaign_id and reports.form_id = parts_of_forms.form_id
    left join {{ ref('fct_narratives') }} as narratives
        on
            reports.campaign_id = narratives.campaign_id
            and reports.form_id = narratives.form_id
            and reports.period = narratives.period
            and reports.unit_id = narratives.unit_id
)

select
    asked.campaign_id,
    asked.form_id,
    asked.period,
    asked.unit_id,
    asked.unit_position,
    asked.unit_name,
    asked.part_id,
    asked.part_position,
    asked.part_name,
    coalesce(parts.piece, 1) as piece,
    case
        when asked.submission_id is null then 'not_received'
        when parts.submission_id is null then 'blank'
        else 'value'
    end as value_state,
    parts.text_value,
    asked.counted_length,
    asked.longest_text,
    asked.is_over_limit,
    asked.submission_id,
    parts.source_cell
from asked
left join {{ ref('fct_narrative_parts') }} as parts
    on asked.submission_id = parts.submission_id and asked.part_id = parts.part_id
