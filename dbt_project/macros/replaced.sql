{#
  How tables and views come into DuckDB: the old one out and the new one in, with its comments, in one statement of one
  transaction. dbt makes it under another name, swaps names twice and drops the old one, for databases that cannot take
  a table back; that is most of what a small model costs. Rows that are kept are put in by kept.sql.
#}
{% materialization table, adapter='duckdb', supported_languages=['sql'] %}
    {%- set relation = this.incorporate(type='table') -%}
    {{- run_hooks(pre_hooks) -}}
    {% call statement('main') -%}
        {{ drop_what_stands_there() }}
        {{ create_table_as(False, relation, compiled_code) }}
        {{ comments_on(relation) }}
    {%- endcall %}
    {{- run_hooks(post_hooks) -}}
    {%- do adapter.commit() -%}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb', supported_languages=['sql'] %}
    {%- set relation = this.incorporate(type='view') -%}
    {{- run_hooks(pre_hooks) -}}
    {% call statement('main') -%}
        {{ drop_what_stands_there() }}
        {{ create_view_as(relation, compiled_code) }}
        {{ comments_on(relation) }}
    {%- endcall %}
    {{- run_hooks(post_hooks) -}}
    {%- do adapter.commit() -%}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{% macro drop_what_stands_there() -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- if existing is not none -%}
        drop {{ existing.type }} {{ existing }};
    {%- endif -%}
{%- endmacro %}

{# What `persist_docs` wants said of a relation. Its columns are those of the contract, so nobody asks the table. #}
{% macro comments_on(relation) -%}
    {%- if config.persist_relation_docs() and model.description -%}
        {{ alter_relation_comment(relation, model.description) }}
    {%- endif -%}
    {%- if config.persist_column_docs() -%}
        {% for name, column in model.columns.items() if column.description -%}
            comment on column {{ relation }}.{{ name }} is {{ duckdb_escape_comment(column.description) }};
        {% endfor -%}
    {%- endif -%}
{%- endmacro %}

{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- set comments = comments_on(relation) | trim -%}
    {%- if comments -%}
        {%- do run_query(comments) -%}
    {%- endif -%}
{%- endmacro %}
