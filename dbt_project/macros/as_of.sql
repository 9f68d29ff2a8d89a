{#
  The time this build looks back from. Nothing received later is seen, so a past report is rebuilt exactly.
  Given as the variable `as_of`, or as the environment variable TAIZHANG_AS_OF: the second is read only when SQL is
  made, so that a new time every night does not cost a new parse of the project. There is no default: a build that
  forgot to say when would call every report missing.
#}
{% macro as_of() -%}
    {%- if execute and target.type == 'duckdb' and model.config.materialized == 'view' -%}
        as_of()
    {%- else -%}
        cast('{{ said_as_of() }}' as timestamp)
    {%- endif -%}
{%- endmacro %}

{#
  Before the first model of a run. What views ask is a function of the database, so that they stay as they are from one
  night to the next (selectors.yml).
#}
{% macro set_as_of() -%}
    {%- if execute and target.type == 'duckdb' -%}
        create or replace macro main.as_of() as cast('{{ said_as_of() }}' as timestamp)
    {%- endif -%}
{%- endmacro %}

{% macro said_as_of() -%}
    {%- if execute -%}
        {%- set said = var('as_of', none) or env_var('TAIZHANG_AS_OF', '') -%}
        {%- if not said -%}
            {{ exceptions.raise_compiler_error(
                "Say which time the build looks back from: --vars '{as_of: \"2023-07-01 01:30:00\"}'"
                ~ " or TAIZHANG_AS_OF=2023-07-01T01:30:00") }}
        {%- endif -%}
        {{ said }}
    {%- endif -%}
{%- endmacro %}

{% macro as_of_date() -%}
    cast({{ as_of() }} as date)
{%- endmacro %}


{#
  A campaign's data as it stood: per campaign the latest snapshot loaded by `as_of`, else the earliest there is (a
  past period of a campaign that was only set up later must still find its roster). The raw table `campaigns` has one
  row per snapshot and decides for all tables, so that a list that became empty is empty.
#}
{% macro campaign_rows_in_force(table_name, columns) -%}
    with snapshots as (
        select
            campaign_id,
            loaded_at,
            batch_id,
            row_number() over (
                partition by campaign_id
                order by
                    case when loaded_at <= {{ as_of() }} then loaded_at end desc nulls last,
                    loaded_at asc nulls last,
                    batch_id desc nulls last
            ) as choice
        from {{ source('raw', 'campaigns') }}
    )

    select
        raw_rows.campaign_id,
        {%- for column in columns %}
        raw_rows.{{ column }},
        {%- endfor %}
        raw_rows.loaded_at
    from {{ source('raw', table_name) }} as raw_rows
    inner join snapshots on raw_rows.campaign_id = snapshots.campaign_id and raw_rows.batch_id = snapshots.batch_id
    where snapshots.choice = 1
{%- endmacro %}
