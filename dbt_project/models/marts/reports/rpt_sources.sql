with figure_counts as (
    select
        submission_id,
        count(reported_value) as figures_read,
        count(correction_id) as figures_corrected,
        count(*) filter (where reported_state = 'blank') as figures_blank
    from {{ ref('int_figures__corrected') }}
    where is_current
    group by submission_id
),

failure_counts as (
    select
        submission_id,
        count(distinct rule_code) as rules_failed
    from {{ ref('fct_rule_outcomes') }}
    where outcome = 'fail' and not is_trial
    group by submission_id
)

select
    submissions.campaign_id,
    submissions.form_id,
    submissions.period,
    submissions.unit_id,
    expected.unit_position,
    expected.unit_name,
    submissions.submission_id,
    submissions.file_name,
    submissions.file_sha256,
    submissions.file_format,
    submissions.sheet_name,
    submissions.received_at,
    submissions.filled_on,
    submissions.version,
    cast(coalesce(figure_counts.figures_read, 0) as int) as figures_read,
    cast(coalesce(figure_counts.figures_blank, 0) as int) as figures_blank,
    cast(coalesce(figure_counts.figures_corrected, 0) as int) as figures_corrected,
    cast(coalesce(failure_counts.rules_failed, 0) as int) as rules_failed
from {{ ref('fct_submissions') }} as submissions
inner join {{ ref('int_reports__expected') }} as expected
    on
        submissions.campaign_id = expected.campaign_id
        and submissions.form_id = expected.form_id
        and submissions.unit_id = expected.unit_id
        and submissions.period = expected.period
left join figure_counts on submissions.submission_id = figure_counts.submission_id
left join failure_counts on submissions.submission_id = failure_counts.submission_id
where submissions.is_current
