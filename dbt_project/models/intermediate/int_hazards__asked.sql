with slips as (
    select * from {{ ref('int_hazards__checked') }}
    union all
    select * from {{ ref('int_hazards__supervised') }}
    union all
    select * from {{ ref('int_hazards__misjudged') }}
),

said as (
    select
        submission_id,
        row_number,
        row_number as order_in_rule,
        rule_code,
        kind,
        column_id,
        told_on,
        other_column_id,
        other_on,
        cast(null as string) as reason,
        cast(null as string) as other_place,
        cast(null as string) as other_hazard
    from slips
    union all
    select
        submission_id,
        row_number,
        order_in_rule,
        case kind when 'one_number' then 'HL-2-05' when 'one_hazard' then 'HL-2-06' when 'twice' then 'HL-2-07' end
            as rule_code,
        kind,
        case kind when 'one_number' then 'hazard_number' else 'hazard' end as column_id,
        cast(null as date) as told_on,
        'hazard' as other_column_id,
        cast(null as date) as other_on,
        reason,
        case when is_in_one_list then '本清单 ' else ' ' || other_period || ' 的清单 ' end || other_row || ' ' as other_place,
        other_hazard
    from {{ ref('int_hazards__confused') }}
),

lines as (
    select * from {{ ref('int_hazards__lines') }}
),

labels as (
    select
        campaign_id,
        form_id,
        column_id,
        column_name
    from {{ ref('stg_campaigns__columns') }}
)

select
    lines.campaign_id,
    lines.form_id,
    lines.unit_id,
    lines.period,
    lines.submission_id,
    said.rule_code,
    said.order_in_rule,
    said.kind,
    case when said.kind = 'none_signed' then '' else coalesce(lines.enterprise || '：', '') end as of_enterprise,
    lines.hazard_number,
    lines.criterion,
    labels.column_name,
    cast(said.told_on as string) as told_on,
    others.column_name as other_column_name,
    cast(said.other_on as string) as other_on,
    said.reason,
    said.other_place,
    said.other_hazard,
    coalesce({{ cell_of_line('lines') }}, lines.sheet_name) as source_cell
from said
inner join lines on said.submission_id = lines.submission_id and said.row_number = lines.row_number
inner join labels
    on lines.campaign_id = labels.campaign_id and lines.form_id = labels.form_id and said.column_id = labels.column_id
inner join labels as others
    on
        lines.campaign_id = others.campaign_id
        and lines.form_id = others.form_id
        and said.other_column_id = others.column_id
{{ places_of_column('lines', 'said.column_id') }}
