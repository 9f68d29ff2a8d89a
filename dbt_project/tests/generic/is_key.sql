{# Fails with every value of the key that is incomplete or stands on more than one row. #}
{% test is_key(model, columns) %}
    select
        {% for column in columns %}{{ column }},
        {% endfor %}count(*) as rows_with_it
    from {{ model }}
    group by {{ columns | join(', ') }}
    having count(*) > 1{% for column in columns %} or {{ column }} is null{% endfor %}
{% endtest %}
