{{ config(materialized='table') }}
{% set columns = ['submission_id', 'campaign_id', 'form_id', 'unit_id', 'period'] | join(', ') %}
{% set seen = rows_of_last_build('intermediate', 'int_submissions__versioned') %}

select {{ columns }}
from {{ ref('stg_submissions__submissions') }}
{% if seen %}
    except
    select {{ columns }} from {{ seen }}
{% endif %}
