{#
  Where Spark reads and writes: the raw zone as relations raw.<name> over its folders, every table a folder below the
  home. Nothing of this concerns DuckDB, which is told by profiles.yml and by the sources. SQL that differs: portable.sql.
#}
{% macro spark_path(place) -%}
    '{{ (env_var("TAIZHANG_HOME", "data") ~ '/' ~ place) | replace("\\", "\\\\") | replace("'", "\\'") }}'
{%- endmacro %}

{# Before a run: the sources it reads, made anew, because a server that runs for long keeps yesterday's list of files. #}
{% macro open_raw_zone() -%}
    {%- if execute and target.type == 'spark' -%}
        {%- set wanted = [] -%}
        {%- for node_id in selected_resources if node_id in graph.nodes -%}
            {%- do wanted.extend(graph.nodes[node_id].depends_on.nodes | select('in', graph.sources)) -%}
        {%- endfor -%}
        {%- for source_id in wanted | unique -%}
            {%- set source = graph.sources[source_id] -%}
            {%- set place = source.schema ~ '/' ~ source.name ~ ('.parquet' if source.schema == 'build' else '') -%}
            {%- do run_query('create schema if not exists ' ~ source.schema) -%}
            {%- do run_query('drop table if exists ' ~ source.schema ~ '.' ~ source.name) -%}
            {%- do run_query(
                'create table ' ~ source.schema ~ '.' ~ source.name ~ ' using parquet location ' ~ spark_path(place)
            ) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{# A table is a folder <schema>/<model> of the home's build; the files under it are what the published snapshot is made of. #}
{% macro spark__location_clause() -%}
    location {{ spark_path('build/spark/' ~ model.schema ~ '/' ~ model.alias) }}
{%- endmacro %}
