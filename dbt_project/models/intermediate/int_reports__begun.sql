with begun_periods as (
    select distinct
        campaign_id,
        form_id,
        period
    from {{ ref('int_submissions__versioned') }}
    where is_current and is_expected
)

select expected.*
from {{ ref('int_reports__expected') }} as expected
left join begun_periods
    on
        expected.campaign_id = begun_periods.campaign_id
        and expected.form_id = begun_periods.form_id
        and expected.period = begun_periods.period
where expected.cutoff_on <= {{ as_of_date() }} or begun_periods.period is not null
