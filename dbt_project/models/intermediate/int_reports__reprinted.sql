{{ config(materialized='table', tags=['after_gate2']) }}
{% set printed = rows_of_last_build('marts', 'rpt_progress_table') %}
{% set mark = ['campaign_id', 'form_id', 'unit_id', 'period', 'item_code', 'part', 'marks'] | join(', ') %}

select
    campaign_id,
    form_id,
    unit_id,
    period
from {{ ref('int_reports__stale') }}
{% if printed %}
    union
    select
        campaign_id,
        form_id,
        unit_id,
        period
    from (
        select {{ mark }} from {{ ref('int_figures__marked') }}
        except
        select {{ mark }} from {{ printed }}
    )
    union
    select
        campaign_id,
        form_id,
        unit_id,
        period
    from (
        select {{ mark }} from {{ printed }}
        where marks is not null
        except
        select {{ mark }} from {{ ref('int_figures__marked') }}
    )
{% endif %}
