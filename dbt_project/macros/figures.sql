{# The states that carry a number; campaigns/vocabulary.py has the same list (NUMBER_STATES). #}
{% macro is_number_state(column) -%}
    {{ column }} in ('value', 'approximate', 'zero')
{%- endmacro %}
