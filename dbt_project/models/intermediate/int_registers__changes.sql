with versions as (
    select
        *,
        lag(submission_id) over entry_in_turn as submission_before,
        lag(row_number) over entry_in_turn as row_before
    from {{ ref('int_registers__versions') }}
    window entry_in_turn as (
        partition by campaign_id, form_id, unit_id, row_key
        order by version asc nulls last
    )
),

sides as (
    select
        campaign_id,
        form_id,
        unit_id,
        row_key,
        version,
        'now' as side,
        first_submission_id as submission_id,
        first_row_number as row_number
    from versions
    where submission_before is not null
    union all
    select
        campaign_id,
        form_id,
        unit_id,
        row_key,
        version,
        'before' as side,
        submission_before as submission_id,
        row_before as row_number
    from versions
    where submission_before is not null
),

words as (
    select
        sides.campaign_id,
        sides.form_id,
        sides.unit_id,
        sides.row_key,
        sides.version,
        cells.column_id,
        max(case when sides.side = 'now' then cells.words end) as words_now,
        max(case when sides.side = 'before' then cells.words end) as words_before
    from sides
    inner join {{ ref('int_registers__cells') }} as cells
        on sides.submission_id = cells.submission_id and sides.row_number = cells.row_number
    group by
        sides.campaign_id, sides.form_id, sides.unit_id, sides.row_key, sides.version, cells.column_id, cells.position
)

select
    words.campaign_id,
    words.form_id,
    words.unit_id,
    words.row_key,
    words.version,
    {{ joined_text('columns_of_forms.column_name', '、') }} as changed_columns
from words
inner join {{ ref('stg_campaigns__columns') }} as columns_of_forms
    on
        words.campaign_id = columns_of_forms.campaign_id
        and words.form_id = columns_of_forms.form_id
        and words.column_id = columns_of_forms.column_id
where coalesce(words.words_now, '') <> coalesce(words.words_before, '')
group by words.campaign_id, words.form_id, words.unit_id, words.row_key, words.version
