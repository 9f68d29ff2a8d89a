{{ config(materialized='table') }}
{% set report = ['campaign_id', 'form_id', 'unit_id', 'period'] | join(', ') %}
{% set checked = rows_of_last_build('intermediate', 'int_figures__checked') %}
{% set facts = rows_of_last_build('marts', 'fct_indicator_values') %}

with begun as (
    select distinct
        reports.campaign_id,
        reports.form_id,
        reports.unit_id,
        reports.period
    from {{ ref('int_reports__begun') }} as reports
    inner join {{ ref('stg_campaigns__indicators') }} as indicators
        on reports.campaign_id = indicators.campaign_id and reports.form_id = indicators.form_id
),

found as (
    select {{ report }} from {{ ref('int_submissions__unseen') }}
    {% if facts %}
        {# A period begins as days go by, and its reports stand among the facts before they came in. #}
        union
        {{ keys_that_differ(report, report, 'begun', facts) }}
    {% endif %}
    {% if checked %}
        {# A later list may say of hazards what the figures of an earlier month were not held against. #}
        union
        select
            figures.campaign_id,
            figures.form_id,
            figures.unit_id,
            figures.period
        from {{ checked }} as figures
        left join {{ ref('int_hazards__readings') }} as ledger
            on
                figures.campaign_id = ledger.campaign_id
                and figures.form_id = ledger.form_id
                and figures.unit_id = ledger.unit_id
                and figures.period = ledger.period
                and figures.item_code = ledger.item_code
                and figures.part = ledger.part
        where
            figures.is_current
            and (
                figures.lowest_value is distinct from ledger.lowest_value
                or figures.highest_value is distinct from ledger.highest_value
                or (figures.ledger_state = 'zero') is distinct from (ledger.ledger_value = 0)
            )
    {% endif %}
),

followed as (
    select * from found
    union
    select
        allowed.campaign_id,
        allowed.form_id,
        allowed.unit_id,
        allowed.period
    from {{ ref('int_reports__allowed') }} as allowed
    inner join found
        on
            allowed.campaign_id = found.campaign_id
            and allowed.form_id = found.form_id
            and allowed.unit_id = found.unit_id
            and allowed.previous_period = found.period
)

select
    followed.campaign_id,
    followed.form_id,
    followed.unit_id,
    followed.period,
    allowed.previous_period
from followed
left join {{ ref('int_reports__allowed') }} as allowed
    on
        followed.campaign_id = allowed.campaign_id
        and followed.form_id = allowed.form_id
        and followed.unit_id = allowed.unit_id
        and followed.period = allowed.period
