select
    dates.campaign_id,
    dates.form_id,
    dates.period,
    max(earlier.due_on) as since_on,
    max(dates.due_on) as until_on
from {{ ref('stg_campaigns__due_dates') }} as dates
inner join {{ ref('stg_campaigns__due_dates') }} as earlier
    on
        dates.campaign_id = earlier.campaign_id
        and dates.duty_id = earlier.duty_id
        and dates.reporting_scope = earlier.reporting_scope
        and dates.previous_period = earlier.period
group by dates.campaign_id, dates.form_id, dates.period
