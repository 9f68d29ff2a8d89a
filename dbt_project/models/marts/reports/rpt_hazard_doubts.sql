select
    pairs.campaign_id,
    pairs.pair_id,
    ordered.position,
    pairs.kind,
    pairs.score,
    pairs.reason,
    ordered.older_unit_id as unit_id,
    ordered.older_hazard_number as hazard_number,
    ordered.older_enterprise as enterprise,
    ordered.older_hazard_text as hazard_text,
    ordered.older_found_on as found_on,
    older_file.file_name,
    ordered.older_source_row as source_row,
    ordered.other_unit_id,
    ordered.other_hazard_number,
    ordered.other_enterprise,
    ordered.other_hazard_text,
    ordered.other_found_on,
    other_file.file_name as other_file_name,
    ordered.other_source_row,
    pairs.decision,
    pairs.decided_by,
    pairs.decided_on
from {{ ref('int_hazards__doubtful_pairs') }} as pairs
inner join {{ ref('int_hazards__pairs_ordered') }} as ordered
    on pairs.campaign_id = ordered.campaign_id and pairs.pair_id = ordered.pair_id
left join {{ ref('fct_submissions') }} as older_file on ordered.older_submission_id = older_file.submission_id
left join {{ ref('fct_submissions') }} as other_file on ordered.other_submission_id = other_file.submission_id
