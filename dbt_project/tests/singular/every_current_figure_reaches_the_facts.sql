{{ config(severity='warn') }}

-- A current figure that the form in force no longer asks for is in no total. A warning, because a new form version may
-- drop an item rightly; but somebody must have seen it.
select
    figures.submission_id,
    figures.item_code,
    figures.part
from {{ ref('int_figures__checked') }} as figures
inner join {{ ref('fct_submissions') }} as submissions
    on figures.submission_id = submissions.submission_id and submissions.is_expected
left join {{ ref('fct_indicator_values') }} as facts
    on
        figures.submission_id = facts.submission_id
        and figures.item_code = facts.item_code
        and figures.part = facts.part
where
    figures.is_current and facts.submission_id is null
{{ made_anew('and', ref('int_figures__checked'), 'figures') }}
