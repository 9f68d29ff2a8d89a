with spans as (
    select
        targets.*,
        target_periods.period,
        target_periods.starts_on,
        target_periods.ends_on,
        target_periods.base_starts_on,
        target_periods.base_ends_on,
        target_periods.ends_on < {{ as_of_date() }} as is_final
    from {{ ref('stg_campaigns__targets') }} as targets
    inner join {{ ref('stg_campaigns__target_periods') }} as target_periods
        on targets.campaign_id = target_periods.campaign_id and targets.target_id = target_periods.target_id
    where
        targets.measure in ('accident_count', 'accident_deaths', 'major_accident_count')
        and target_periods.starts_on <= {{ as_of_date() }}
),

measured as (
    select
        spans.campaign_id,
        spans.target_id,
        spans.period,
        case spans.measure
            when 'accident_count' then 1
            when 'accident_deaths' then accidents.deaths
            when 'major_accident_count'
                then
                    case
                        when accidents.grade in ('major', 'extraordinary') then 1
                        when accidents.grade is not null then 0
                    end
        end as size,
        coalesce(accidents.occurred_on between spans.starts_on and spans.ends_on, false) as is_in_period,
        coalesce(accidents.occurred_on between spans.base_starts_on and spans.base_ends_on, false) as is_in_base,
        spans.is_final
        or {{ days_between('spans.base_starts_on', 'accidents.occurred_on') }}
        <= {{ days_between('spans.starts_on', as_of_date()) }} as is_comparable,
        accidents.occurred_on is null as is_undated,
        accidents.same_as is not null as is_suspected_twice
    from spans
    inner join {{ ref('fct_accidents') }} as accidents on spans.campaign_id = accidents.campaign_id
    where not accidents.is_dated_ahead
),

sums as (
    select
        campaign_id,
        target_id,
        period,
        cast(coalesce(sum(size) filter (where is_in_period), 0) as int) as known_value,
        count(*) filter (where is_in_period and size is null) as unknown_sizes,
        count(*) filter (where is_in_period and is_suspected_twice) as suspected_twice,
        count(*) filter (where is_undated) as undated,
        count(*) filter (where is_in_base) as accidents_in_base,
        cast(coalesce(sum(size) filter (where is_in_base and is_comparable), 0) as int) as base_in_ledger
    from measured
    group by campaign_id, target_id, period
),

reports as (
    select
        spans.campaign_id,
        spans.target_id,
        spans.period,
        count(*) as reports_received
    from spans
    inner join {{ ref('int_submissions__versioned') }} as versions
        on spans.campaign_id = versions.campaign_id and spans.starts_on <= versions.received_on
    inner join {{ ref('stg_campaigns__forms') }} as forms
        on versions.campaign_id = forms.campaign_id and versions.form_id = forms.form_id
    where versions.is_current and forms.subject = 'accident'
    group by spans.campaign_id, spans.target_id, spans.period
)

select
    spans.*,
    cast(coalesce(reports.reports_received, 0) as int) as reports_received,
    case when reports.reports_received > 0 then coalesce(sums.known_value, 0) end as known_value,
    cast(coalesce(sums.unknown_sizes, 0) as int) as unknown_sizes,
    cast(coalesce(sums.suspected_twice, 0) as int) as suspected_twice,
    cast(coalesce(sums.undated, 0) as int) as undated,
    case
        when spans.is_final and spans.base_value is not null then cast(spans.base_value as int)
        when sums.accidents_in_base > 0 then sums.base_in_ledger
    end as base_known
from spans
left join sums
    on spans.campaign_id = sums.campaign_id and spans.target_id = sums.target_id and spans.period = sums.period
left join reports
    on spans.campaign_id = reports.campaign_id and spans.target_id = reports.target_id and spans.period = reports.period
