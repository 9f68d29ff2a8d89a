{% set elements = plan_elements() %}

with asked as (
    select
        campaign_id,
        {% for element, _, _ in elements -%}
            count(*) filter (where column_id = '{{ element }}') > 0 as asks_{{ element }},
        {% endfor -%}
        form_id
    from {{ ref('stg_campaigns__columns') }}
    group by campaign_id, form_id
),

lines as (
    select * from {{ ref('int_hazards__lines') }}
)

select
    hazards.campaign_id,
    hazards.hazard_id,
    {% for column in ['level', 'source', 'listed_level'] -%}
        coalesce({{ column }}_names.choice_name, hazards.{{ column }}) as {{ column }}_name,
    {% endfor -%}
    nullif(
        concat_ws(
            '、',
            {% for element, is_there, word in elements -%}
                case when asked.asks_{{ element }} and not ({{ is_there }}) then '{{ word }}' end
                {{- ',' if not loop.last }}
            {% endfor %}
        ),
        ''
    ) as plan_missing,
    coalesce({{ cell_of_line('lines') }}, hazards.source_row) as source_cell
from {{ ref('fct_hazards') }} as hazards
inner join lines on hazards.submission_id = lines.submission_id and hazards.hazard_id = lines.hazard_id
left join asked on hazards.campaign_id = asked.campaign_id and hazards.form_id = asked.form_id
{% for column in ['level', 'source', 'listed_level'] -%}
    left join {{ ref('stg_campaigns__choices') }} as {{ column }}_names
        on
            hazards.campaign_id = {{ column }}_names.campaign_id
            and hazards.form_id = {{ column }}_names.form_id
            and {{ column }}_names.column_id = '{{ column }}'
            and hazards.{{ column }} = {{ column }}_names.choice_code
{% endfor -%}
{{ places_of_column('lines', "'hazard'") }}
