{#
  Every report of a figure is expected. An inner join with `expected` would let DuckDB join reports with indicators before
  it looks at the figures.
#}
with changes as (
    select
        versions.campaign_id,
        versions.form_id,
        versions.period,
        versions.unit_id,
        versions.figure_period,
        later.item_code,
        later.part,
        case when versions.submission_before is null then 'new_file' else 'newer_version' end as cause,
        earlier.value as value_before,
        later.value as value_after,
        later.submission_id,
        later.source_cell,
        cast(null as string) as correction_id
    from {{ ref('int_submissions__restated') }} as versions
    inner join {{ ref('int_figures__checked') }} as later on versions.submission_after = later.submission_id
    left join {{ ref('int_figures__checked') }} as earlier
        on
            versions.submission_before = earlier.submission_id
            and later.item_code = earlier.item_code
            and later.part = earlier.part
    where
        coalesce(earlier.value_state, 'not_received') <> later.value_state
        or coalesce(earlier.value, 0) <> coalesce(later.value, 0)

    union all

    select
        windows.campaign_id,
        windows.form_id,
        windows.period,
        corrections.unit_id,
        corrections.period as figure_period,
        corrections.item_code,
        corrections.part,
        'correction' as cause,
        corrections.reported_value as value_before,
        corrections.new_value as value_after,
        corrections.submission_id,
        corrections.source_cell,
        corrections.correction_id
    from {{ ref('int_reports__windows') }} as windows
    inner join {{ ref('fct_corrections') }} as corrections
        on
            windows.campaign_id = corrections.campaign_id
            and windows.form_id = corrections.form_id
            and windows.period > corrections.period
            and windows.since_on < corrections.decided_on
            and windows.until_on >= corrections.decided_on
    semi join {{ ref('int_reports__expected') }} as expected
        on
            corrections.campaign_id = expected.campaign_id
            and corrections.form_id = expected.form_id
            and corrections.unit_id = expected.unit_id
            and corrections.period = expected.period
    where corrections.correction_status = 'applied'
)

select
    changes.campaign_id,
    changes.form_id,
    changes.period,
    changes.unit_id,
    expected.unit_position,
    expected.unit_name,
    changes.figure_period,
    changes.item_code,
    changes.part,
    indicators.position,
    indicators.indicator_name,
    indicators.part_name,
    changes.cause,
    cast(changes.value_before as decimal(18, 4)) as value_before,
    cast(changes.value_after as decimal(18, 4)) as value_after,
    cast(coalesce(changes.value_after, 0) - coalesce(changes.value_before, 0) as decimal(18, 4)) as difference,
    changes.submission_id,
    submissions.file_name,
    submissions.received_at,
    changes.source_cell,
    changes.correction_id
from changes
left join {{ ref('int_reports__expected') }} as expected
    on
        changes.campaign_id = expected.campaign_id
        and changes.form_id = expected.form_id
        and changes.unit_id = expected.unit_id
        and changes.figure_period = expected.period
inner join {{ ref('dim_indicators') }} as indicators
    on
        changes.campaign_id = indicators.campaign_id
        and changes.form_id = indicators.form_id
        and changes.item_code = indicators.item_code
        and changes.part = indicators.part
left join {{ ref('fct_submissions') }} as submissions on changes.submission_id = submissions.submission_id
