{#
  A build that goes on from the last one (orchestration/building/kept_build.py says when that may be) makes anew only the
  rows that something touched: those whose key stands in the model `stale`. All others stay as they were made.
  On Spark, and in a build that starts from nothing, every row is made.
#}
{% macro keep_untouched(stale, keys) -%}
    {{ config(
        materialized='table' if target.type == 'spark' else 'incremental',
        incremental_strategy='replace_stale',
        on_schema_change='fail',
        unique_key=keys,
        meta={'stale': stale},
    ) }}
    {{- made_after(stale) }}
{%- endmacro %}

{#
  A condition, with `where` or `and` before it: the row's key, of `relation` where there are several, is stale. Nothing
  in a build that starts from nothing.
#}
{% macro if_stale(word, relation=none) -%}
    {%- if execute and is_incremental() -%}
        {{ word }} {{ is_one_of(config.get('unique_key'), ref(config.get('meta')['stale']), relation) }}
    {%- endif -%}
{%- endmacro %}

{# Whether the keys of a row, of `relation` where there are several, stand in another one under the same names. #}
{% macro is_one_of(keys, others, relation=none) -%}
    ({% for key in keys %}{{ relation ~ '.' if relation }}{{ key }}{{ ', ' if not loop.last }}{% endfor %})
    in (select ({{ keys | join(', ') }}) from {{ others }})
{%- endmacro %}

{# A join, for models in which a row is reckoned from the period before its own: only what stale rows are made of. #}
{% macro read_by_stale(relation) -%}
    {%- if execute and is_incremental() -%}
        semi join {{ ref(config.get('meta')['stale']) }} as stale
            on
                {% for key in config.get('unique_key') if key != 'period' -%}
                    {{ relation }}.{{ key }} = stale.{{ key }} and
                {% endfor -%}
                {{ relation }}.period in (stale.period, stale.previous_period)
    {%- endif -%}
{%- endmacro %}

{#
  The keys of rows that only one of both has. Each is a relation, with a condition behind it where not all of it is
  compared.
#}
{% macro keys_that_differ(keys, columns, one, other) -%}
    {% for here, there in [(one, other), (other, one)] -%}
        select {{ keys }}
        from (
            select {{ columns }} from {{ here }}
            except
            select {{ columns }} from {{ there }}
        )
        {{ 'union' if not loop.last }}
    {% endfor %}
{%- endmacro %}

{#
  How `keep_untouched` puts rows in: out with every stale key, in with what was made. dbt finds it by its name. A row of
  another key stands there already and would stand there twice: the build ends with it.
#}
{% macro get_incremental_replace_stale_sql(arguments) -%}
    {%- set columns = get_quoted_csv(arguments['dest_columns'] | map(attribute='name')) -%}
    {%- set is_stale = is_one_of(arguments['unique_key'], ref(config.get('meta')['stale'])) -%}
    select error('a row that nothing touched was made anew')
    from {{ arguments['temp_relation'] }}
    where ({{ is_stale }}) is not true;

    delete from {{ arguments['target_relation'] }}
    where {{ is_stale }};

    insert into {{ arguments['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arguments['temp_relation'] }}
{%- endmacro %}

{#
  For tests, behind a condition or `where`: the rows of a kept model that this build made anew. The others were looked at
  when they were made, and once a week a build from nothing looks at all. Nothing where the model is made whole, or was
  made from nothing.
#}
{% macro made_anew(word, model, relation=none) -%}
    {%- set node = graph.nodes.get('model.taizhang.' ~ model.identifier) if execute and var('goes_on', false) -%}
    {%- if node and node.config.meta.stale -%}
        {%- set stale = graph.nodes['model.taizhang.' ~ node.config.meta.stale].relation_name -%}
        {{ word }} {{ is_one_of(node.config.unique_key, stale, relation) }}
    {%- endif -%}
{%- endmacro %}

{# Order alone: nothing of the other model is read. #}
{% macro made_after(name) -%}
    {%- if not execute -%}
        {%- do ref(name) -%}
    {%- endif -%}
{%- endmacro %}

{#
  Where the last build left a model, to compare with; empty in a build that starts from nothing. Whoever asks is made
  before that model. While dbt parses it is never empty, so that what is compared is known to dbt.
#}
{% macro rows_of_last_build(schema, name) -%}
    {%- if not execute -%}
        {{ schema }}.{{ name }}
    {%- elif target.type == 'duckdb' -%}
        {{ adapter.get_relation(database=this.database, schema=schema, identifier=name) or '' }}
    {%- endif -%}
{%- endmacro %}
