with narratives as (
    select
        versions.campaign_id,
        versions.form_id,
        versions.unit_id,
        versions.unit_name,
        versions.period,
        versions.submission_id,
        forms.longest_text,
        forms.counting_rule
    from {{ ref('int_submissions__versioned') }} as versions
    inner join {{ ref('stg_campaigns__forms') }} as forms
        on versions.campaign_id = forms.campaign_id and versions.form_id = forms.form_id
    where versions.is_current and forms.form_kind = 'narrative'
),

parts as (
    select
        *,
        max(part_name) over (partition by submission_id) is not null as has_named_parts
    from {{ ref('int_narratives__parts') }}
),

sums as (
    select
        submission_id,
        count(distinct case when part_name is not null then part_id end) as parts_found,
        cast(sum(characters) as int) as characters,
        cast(sum(words) as int) as words,
        cast(sum(without_punctuation) as int) as without_punctuation
    from parts
    where part_name is not null or not has_named_parts
    group by submission_id
),

missing as (
    select
        narratives.submission_id,
        {{ joined_text('parts_of_forms.column_name', '、') }} as missing_parts
    from narratives
    inner join {{ ref('stg_campaigns__columns') }} as parts_of_forms
        on narratives.campaign_id = parts_of_forms.campaign_id and narratives.form_id = parts_of_forms.form_id
    left join parts
        on narratives.submission_id = parts.submission_id and parts_of_forms.column_id = parts.part_id
    where parts_of_forms.is_required and parts.submission_id is null
    group by narratives.submission_id
),

measured as (
    select
        narratives.*,
        cast(coalesce(sums.parts_found, 0) as int) as parts_found,
        missing.missing_parts,
        coalesce(sums.characters, 0) as characters,
        coalesce(sums.words, 0) as words,
        coalesce(sums.without_punctuation, 0) as without_punctuation
    from narratives
    left join sums on narratives.submission_id = sums.submission_id
    left join missing on narratives.submission_id = missing.submission_id
)

select
    campaign_id,
    form_id,
    unit_id,
    unit_name,
    period,
    parts_found,
    missing_parts,
    characters,
    words,
    without_punctuation,
    longest_text,
    counting_rule,
    case counting_rule
        when 'characters' then characters
        when 'words' then words
        when 'without_punctuation' then without_punctuation
    end as counted_length,
    case counting_rule
        when 'characters' then characters > longest_text
        when 'words' then words > longest_text
        when 'without_punctuation' then without_punctuation > longest_text
    end as is_over_limit,
    characters > longest_text as is_over_by_characters,
    words > longest_text as is_over_by_words,
    without_punctuation > longest_text as is_over_without_punctuation,
    submission_id
from measured
