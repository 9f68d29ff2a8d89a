{#
  What lines of the hazard ledger say of letters, notices and inspectors that cannot be, as int_hazards__checked has it:
  a letter or a notice before the hazard was found, after it was closed or on a day that had not come yet, one without
  its day or its addressee, an inspection that nobody signed for. Few lines say anything of them, so that it is these
  alone which are looked through once for each question. `when` keeps a slip from being told twice.
#}
{% set always = 'true' %}
{% set closed_in_order = 'closed_on >= coalesce(rectified_on, found_on, closed_on)' %}
{% set orders = [
    ('supervised_on', 'found_on', always),
    ('notified_on', 'found_on', always),
    ('closed_on', 'supervised_on', closed_in_order),
    ('closed_on', 'notified_on', closed_in_order),
] %}
{% set steps = [
    ('supervision_number', 'supervised_on', always),
    ('supervised_by', 'supervised_on', 'supervision_number is null'),
    ('notified_role', 'notified_on', always),
    ('notified_person', 'notified_on', 'notified_role is null'),
    ('notified_on', 'notified_role', 'notified_person is null'),
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

{% for column, other, when in orders %}
    {{ slip_of_line('HL-2-08', 'too_early', "'" ~ column ~ "'", column, "'" ~ other ~ "'", other) }}
    from lines
    where
        {{ column }} < {{ other }}
        and {{ when }}
        and (turned_on is null or ({{ column }} > turned_on) = ({{ other }} > turned_on))
    union all
{% endfor %}
{% for column, missing, when in steps %}
    {{ slip_of_line('HL-2-11', 'without', "'" ~ column ~ "'", 'found_on', "'" ~ missing ~ "'", 'cast(null as date)') }}
    from lines
    where {{ column }} is not null and {{ missing }} is null and {{ when }}
    union all
{% endfor %}
{% for column in happened %}
    {{ slip_of_line('HL-2-10', 'not_yet', "'" ~ column ~ "'", column, "'" ~ column ~ "'", 'received_on') }}
    from lines
    where {{ column }} > received_on
    union all
{% endfor %}
{{ slip_of_line('HL-2-12', 'unsigned', "'source'", 'found_on', "'inspectors'", 'cast(null as date)') }}
from unsigned
where others_are_signed
union all
{# A list that names nobody, for which it may not even have a column, is asked once. #}
{{ slip_of_line('HL-2-12', 'none_signed', "'source'", 'found_on', "'inspectors'", 'cast(null as date)') }}
from unsigned
where not others_are_signed and choice = 1
