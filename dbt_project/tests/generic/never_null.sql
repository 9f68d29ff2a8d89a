{# Fails with every row in which one of the columns is null. One scan for the whole list. #}
{% test never_null(model, columns) %}
    select *
    from {{ model }}
    where {{ columns | join(' is null or ') }} is null
{% endtest %}
