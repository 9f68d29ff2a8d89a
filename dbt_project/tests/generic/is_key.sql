{# Fails with every value of the key that is incomplete or stands on more than one row. Of a kept model only rows made anew
  are looked at: a key decides which rows are stale with it, so that none of them is also that of a row that was kept. #}
{% test is_key(model, columns) %}
    select
        {% for column in columns %}{{ column }},
        {% endfor %}count(*) as rows_with_it
    from {{ model }}
    {{ made_anew('where', model) }}
    group by {{ columns | join(', ') }}
    having count(*) > 1{% for column in columns %} or {{ column }} is null{% endfor %}
{% endtest %}
