{# A list without the column is asked once, and not for each of its rows. #}
{% set days = ['rectified', 'closed'] %}

with named as (
    select
        blanked.*,
        lines.form_id,
        lines.unit_id,
        lines.period,
        lines.sheet_name,
        lines.row_ref,
        coalesce(lines.enterprise || '：', '') as of_enterprise,
        {% for day in days -%}
            '“' || {{ day }}.column_name || '”' || cast(blanked.{{ day }}_on as string) as {{ day }},
        {% endfor -%}
        earlier.period as earlier_period,
        files.file_name || ' ' || earlier.sheet_name || '!' || earlier.row_ref as earlier_row
    from {{ ref('int_hazards__blanked') }} as blanked
    inner join {{ ref('int_hazards__lines') }} as lines
        on blanked.submission_id = lines.submission_id and blanked.row_number = lines.row_number
    inner join {{ ref('int_hazards__lines') }} as earlier
        on
            blanked.previous_submission_id = earlier.submission_id
            and blanked.previous_row_number = earlier.row_number
    inner join {{ ref('int_submissions__versioned') }} as files
        on blanked.previous_submission_id = files.submission_id
    {% for day in days -%}
        left join {{ ref('stg_campaigns__columns') }} as {{ day }}
            on
                lines.campaign_id = {{ day }}.campaign_id
                and lines.form_id = {{ day }}.form_id
                and {{ day }}.column_id = '{{ day }}_on'
    {% endfor %}
),

placed as (
    select
        named.*,
        {{ cell_of_line('named') }} as source_cell
    from named
    {{ places_of_column('named', "case when named.rectified is null then 'closed_on' else 'rectified_on' end") }}
    where coalesce(named.rectified, named.closed) is not null
),

asked as (
    select
        *,
        count(*) over (partition by submission_id, source_cell is null) as hazards,
        row_number() over (
            partition by submission_id, source_cell is null
            order by row_number asc nulls last
        ) as choice
    from placed
)

select
    campaign_id,
    form_id,
    unit_id,
    period,
    submission_id,
    'HL-2-16' as rule_code,
    row_number as order_in_rule,
    of_enterprise || concat_ws('、', rectified, closed) || ' 在 ' || earlier_period || ' 的清单（' || earlier_row
    || '）中填过，本期没有填' || case when source_cell is null then '（本清单没有这一栏，这样的隐患 ' || hazards || ' 处）' else '' end
    || case
        when is_reopened
            then '，台账自 ' || cast(reported_as_of as string) || ' 起按重新打开计，补填后仍按原日期计'
        else '，台账仍按原日期计'
    end
    || '。请补填；又出现的，请填重新挂账日期；原来填错的，请说明。' as message,
    of_enterprise || concat_ws(', ', rectified, closed) || ' stood in the list of ' || earlier_period || ' ('
    || earlier_row || ') and is blank in this one'
    || case when source_cell is null then ', which lacks the column, as for ' || hazards || ' hazards' else '' end
    || case
        when is_reopened
            then '; the ledger takes it for reopened on ' || cast(reported_as_of as string) || ' until it is filled in'
        else '; the ledger keeps the day'
    end
    || '. Please fill it in, give the day of a reopening, or say that the day was wrong.' as message_en,
    coalesce(source_cell, sheet_name) as source_cell
from asked
where source_cell is not null or choice = 1
