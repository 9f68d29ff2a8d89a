{# Fails with every value of the columns (all of them filled) that the other model does not have under the same names. #}
{% test refers_to(model, columns, to) %}
    select distinct
        {% for column in columns %}here.{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ model }} as here
    left join {{ to }} as there
        on
            {% for column in columns %}here.{{ column }} = there.{{ column }}{{ ' and' if not loop.last }}
            {% endfor %}
    where
        there.{{ columns[0] }} is null
        {% for column in columns %}and here.{{ column }} is not null
        {% endfor %}
{% endtest %}
