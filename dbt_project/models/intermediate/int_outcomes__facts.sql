{{ config(materialized='table', tags=['after_gate2']) }}

select {{ outcome_row() }}
from {{ ref('stg_gates__facts_outcomes') }}
union
select {{ outcome_row('order_in_rule') }}
from {{ ref('int_outcomes__lists') }}
