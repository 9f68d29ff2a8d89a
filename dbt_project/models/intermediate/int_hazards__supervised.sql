{#
  What lines of the hazard ledger say of letters, notices and inspectors that cannot be, as int_hazards__checked has it:
  a letter or a notice before the hazard was found, after it was closed or on a day that had not come yet, one without
  its day or its addressee, an inspection that nobody signed for. Few lines say anything of them, so that it is these
  alone which are looked through once for each question. `when` keeps a slip from being told twice.
#}
{% set always = 'true' %}
{% set closed_in_order = 'closed_on >= coalesce(rectified_on, found_on, closed_on)' %}
{% set orders = [
    ('HL-2-08', 'supervised_on', 'found_on', always),
    ('HL-2-08', 'notified_on', 'found_on', always),
    ('HL-2-08', 'closed_on', 'supervised_on', closed_in_order),
    ('HL-2-08', 'closed_on', 'notified_on', closed_in_order),
] %}
{% set steps = [
    ('HL-2-11', 'supervision_number', 'found_on', 'supervised_on', always),
    ('HL-2-11', 'supervised_by', 'found_on', 'supervised_on', 'supervision_number is null'),
    ('HL-2-11', 'notified_role', 'found_on', 'notified_on', always),
    ('HL-2-11', 'notified_person', 'found_on', 'notified_on', 'notified_role is null'),
    ('HL-2-11', 'notified_on', 'found_on', 'notified_role', 'notified_person is null'),
] %}
{% set happened = ['supervised_on', 'notified_on'] %}

with lines as (
    select
        *,
        case when has_notified_person then true end as notified_person,
        coalesce(reopened_on, case when lookback_result = 'relapsed' then looked_back_on end) as turned_on,
        cast(received_at as date) as received_on
    from {{ ref('int_hazards__lines') }}
    where
        coalesce(supervised_on, notified_on) is not null
        or coalesce(supervision_number, supervised_by, notified_role) is not null
        or has_notified_person
        or (source = 'inspection' and not has_inspectors)
),

signed as (
    select distinct submission_id
    from {{ ref('int_hazards__lines') }}
    where has_inspectors
),

unsigned as (
    select
        lines.*,
        signed.submission_id is not null as others_are_signed,
        row_number() over (partition by lines.submission_id order by lines.row_number asc nulls last) as choice
    from lines
    left join signed on lines.submission_id = signed.submission_id
    where lines.source = 'inspection' and not lines.has_inspectors
)

{{ slips_of_lines(orders, steps, happened) }}
{{ slip_of_line('HL-2-12', 'unsigned', "'source'", 'found_on', "'inspectors'", 'cast(null as date)') }}
from unsigned
where others_are_signed
union all
{# A list that names nobody, for which it may not even have a column, is asked once. #}
{{ slip_of_line('HL-2-12', 'none_signed', "'source'", 'found_on', "'inspectors'", 'cast(null as date)') }}
from unsigned
where not others_are_signed and choice = 1
