with spans as (
    select
        touched.campaign_id,
        touched.form_id,
        touched.possible_hazard_id,
        min(touched.period) as first_period,
        max(touched.period) as last_period,
        cast(count(*) as int) as figures_touched,
        {{ joined_text('touched.item_code', '、') }} as item_codes
    from {{ ref('int_hazards__touched') }} as touched
    inner join {{ ref('int_figures__corrected') }} as figures
        on
            touched.campaign_id = figures.campaign_id
            and touched.form_id = figures.form_id
            and touched.unit_id = figures.unit_id
            and touched.period = figures.period
            and touched.item_code = figures.item_code
            and touched.part = figures.part
    left join {{ ref('int_hazards__followed') }} as followed
        on
            touched.campaign_id = followed.campaign_id
            and touched.form_id = followed.form_id
            and touched.possible_hazard_id = followed.possible_hazard_id
            and touched.item_code = followed.item_code
            and touched.part = followed.part
    where followed.counted_as is null or followed.counted_as = 'one'
    group by touched.campaign_id, touched.form_id, touched.possible_hazard_id
),

asked as (
    select
        spans.campaign_id,
        spans.form_id,
        pairs.pair_id,
        spans.first_period,
        spans.last_period,
        spans.figures_touched,
        spans.item_codes
    from spans
    inner join {{ ref('int_hazards__doubtful_pairs') }} as pairs
        on
            spans.campaign_id = pairs.campaign_id
            and spans.possible_hazard_id = pairs.possible_hazard_id
            and pairs.kind = 'same'
            and pairs.decision is null
    union all
    select
        campaign_id,
        form_id,
        pair_id,
        first_period,
        last_period,
        figures_touched,
        item_codes
    from {{ ref('int_hazards__overlap_questions') }}
)

select
    asked.campaign_id,
    asked.form_id,
    doubts.pair_id,
    doubts.position,
    doubts.kind,
    doubts.unit_id,
    units.unit_position,
    units.unit_name,
    asked.first_period,
    asked.last_period,
    asked.figures_touched,
    asked.item_codes,
    doubts.reason,
    doubts.hazard_number,
    doubts.enterprise,
    doubts.hazard_text,
    doubts.found_on,
    doubts.file_name,
    doubts.source_row,
    doubts.other_unit_id,
    other_units.unit_name as other_unit_name,
    doubts.other_hazard_number,
    doubts.other_enterprise,
    doubts.other_hazard_text,
    doubts.other_found_on,
    doubts.other_file_name,
    doubts.other_source_row
from asked
inner join {{ ref('rpt_hazard_doubts') }} as doubts
    on asked.campaign_id = doubts.campaign_id and asked.pair_id = doubts.pair_id
left join {{ ref('int_units__latest') }} as units
    on doubts.campaign_id = units.campaign_id and doubts.unit_id = units.unit_id
left join {{ ref('int_units__latest') }} as other_units
    on doubts.campaign_id = other_units.campaign_id and doubts.other_unit_id = other_units.unit_id
