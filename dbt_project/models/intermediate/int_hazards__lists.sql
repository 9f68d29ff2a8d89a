select
    versions.submission_id,
    versions.campaign_id,
    versions.form_id,
    versions.unit_id,
    versions.period,
    versions.received_at,
    lag(versions.submission_id) over (
        partition by versions.campaign_id, versions.form_id, versions.unit_id
        order by versions.period asc nulls last
    ) as previous_submission_id
from {{ ref('int_submissions__versioned') }} as versions
semi join {{ ref('stg_campaigns__forms') }} as forms
    on
        versions.campaign_id = forms.campaign_id
        and versions.form_id = forms.form_id
        and forms.form_kind = 'hazard_list'
where versions.is_current and coalesce(versions.card_key, '') = ''
