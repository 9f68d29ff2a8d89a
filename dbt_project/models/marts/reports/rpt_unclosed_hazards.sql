select
    standing.campaign_id,
    standing.form_id,
    standing.period,
    standing.cutoff_on,
    standing.unit_id,
    units.unit_position,
    units.unit_name,
    standing.hazard_id,
    hazards.hazard_number,
    hazards.enterprise,
    hazards.hazard_text,
    hazards.sector,
    described.source_name,
    described.level_name,
    standing.found_on,
    standing.due_on,
    standing.is_extended,
    standing.standing,
    case standing.standing
        when 'open' then '未整改'
        when 'reopened' then '重新挂账'
        when 'rectified' then '已整改未验收'
        when 'verified' then '已验收未销号'
        when 'undated' then '未写发现日期'
    end as standing_name,
    standing.is_closed_unsigned,
    standing.is_overdue,
    case when standing.is_overdue then {{ days_between('standing.due_on', 'standing.cutoff_on') }} end as overdue_days,
    case when standing.is_overdue then cast(cutoff_days.working_days - due_days.working_days as int) end
        as overdue_workdays,
    standing.is_listed,
    coalesce(
        listed_levels.choice_name,
        standing.listed_level,
        case when hazards.listed_on is null then described.listed_level_name end
    ) as listed_level_name,
    standing.listed_by,
    standing.listed_on,
    case when standing.delisted_on <= standing.cutoff_on then standing.delisted_on end as delisted_on,
    described.plan_missing,
    hazards.penalties,
    hazards.submission_id,
    submissions.file_name,
    described.source_cell
from {{ ref('int_hazards__at_cutoffs') }} as standing
inner join {{ ref('fct_hazards') }} as hazards
    on standing.campaign_id = hazards.campaign_id and standing.hazard_id = hazards.hazard_id
inner join {{ ref('int_hazards__described') }} as described
    on standing.campaign_id = described.campaign_id and standing.hazard_id = described.hazard_id
inner join {{ ref('fct_submissions') }} as submissions on hazards.submission_id = submissions.submission_id
inner join {{ ref('rpt_unclosed_units') }} as units
    on
        standing.campaign_id = units.campaign_id
        and standing.form_id = units.form_id
        and standing.period = units.period
        and standing.unit_id = units.unit_id
left join {{ ref('stg_campaigns__choices') }} as listed_levels
    on
        standing.campaign_id = listed_levels.campaign_id
        and standing.form_id = listed_levels.form_id
        and listed_levels.column_id = 'listed_level'
        and standing.listed_level = listed_levels.choice_code
left join {{ ref('stg_campaigns__calendar_days') }} as due_days
    on standing.campaign_id = due_days.campaign_id and standing.due_on = due_days.day
left join {{ ref('stg_campaigns__calendar_days') }} as cutoff_days
    on standing.campaign_id = cutoff_days.campaign_id and standing.cutoff_on = cutoff_days.day
where standing.standing <> 'closed'
