with lines as (
    select
        campaign_id,
        signature,
        max_by(unit_id, received_at) as unit_id,
        max_by(submission_id, received_at) as submission_id,
        max_by(hazard_number, received_at) as hazard_number,
        max_by(enterprise, received_at) as enterprise,
        max_by(hazard, received_at) as hazard_text,
        max_by(found_on, received_at) as found_on,
        max_by(sheet_name || '!' || row_ref, received_at) as source_row
    from {{ ref('stg_submissions__hazard_lines') }}
    group by campaign_id, signature
)

select
    pairs.campaign_id,
    pairs.pair_id,
    pairs.kind,
    pairs.score,
    pairs.reason,
    one.unit_id,
    one.hazard_number,
    one.enterprise,
    one.hazard_text,
    one.found_on,
    one_file.file_name,
    one.source_row,
    other.unit_id as other_unit_id,
    other.hazard_number as other_hazard_number,
    other.enterprise as other_enterprise,
    other.hazard_text as other_hazard_text,
    other.found_on as other_found_on,
    other_file.file_name as other_file_name,
    other.source_row as other_source_row,
    pairs.decision,
    pairs.decided_by,
    pairs.decided_on
from {{ ref('int_hazards__doubtful_pairs') }} as pairs
inner join lines as one on pairs.campaign_id = one.campaign_id and pairs.signature_a = one.signature
inner join lines as other on pairs.campaign_id = other.campaign_id and pairs.signature_b = other.signature
left join {{ ref('fct_submissions') }} as one_file on one.submission_id = one_file.submission_id
left join {{ ref('fct_submissions') }} as other_file on other.submission_id = other_file.submission_id
