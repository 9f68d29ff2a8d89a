{#
  Working days by which something was or is late: those after the due day up to the day it was done, or up to the day of
  the build. Null without a due day. `due_days` and `end_days` are stg_campaigns__calendar_days of the two days.
#}
{% macro working_days_late(due_on, done_on, due_days, end_days) -%}
    case
        when {{ due_on }} is null then null
        when coalesce({{ done_on }}, {{ as_of_date() }}) <= {{ due_on }} then 0
        else {{ end_days }}.working_days - {{ due_days }}.working_days
    end
{%- endmacro %}

{#
  The five plan elements (五落实): the column of the form, what a line names it by (`line` is its relation), and the word
  for it. A plan that says 无 is none; funds of nought are an answer.
#}
{% macro plan_elements(line='lines') -%}
    {{ return([
        ('responsible', line ~ '.has_responsible', '责任人'),
        ('measures', line ~ '.has_measures', '措施'),
        ('funds', line ~ '.funds is not null', '资金'),
        ('due_on', line ~ '.due_on is not null', '期限'),
        ('emergency_plan', line ~ '.has_emergency_plan', '预案'),
    ]) }}
{%- endmacro %}

{# How many of the five plan elements a line names. #}
{% macro plan_elements_present(line) -%}
    {% for _, is_there, _ in plan_elements(line) -%}
        case when {{ is_there }} then 1 else 0 end {{ '+ ' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#
  What may happen to a hazard: the column that says when, the one that says by whom (of a notice none does), the one whose
  other word is another event (a listing at another level, a letter with another number), and whether it happens once:
  then the last line that names its day is believed, but being found again is a reopening. The others may happen once in
  each episode. Who listed a hazard delists it: lists have no other column for that.
#}
{% macro hazard_events() -%}
    {{ return([
        ('found', 'found_on', 'found_by', none, true),
        ('enterprise_reported', 'enterprise_reported_on', 'enterprise', none, true),
        ('regulator_reported', 'regulator_reported_on', 'found_by', none, true),
        ('listed', 'listed_on', 'listed_by', 'listed_level', true),
        ('supervised', 'supervised_on', 'supervised_by', 'supervision_number', false),
        ('notified', 'notified_on', none, none, false),
        ('rectified', 'rectified_on', 'enterprise', none, false),
        ('verified', 'verified_on', 'verified_by', none, false),
        ('delisted', 'delisted_on', 'listed_by', none, true),
        ('closed', 'closed_on', 'signed_off_by', none, false),
        ('looked_back', 'looked_back_on', 'verified_by', none, false),
    ]) }}
{%- endmacro %}

{# The cell of a ledger line in which a column stands, from the places that `places_of_column` joins. #}
{% macro cell_of_line(line) -%}
    {{ line }}.sheet_name || '!' || coalesce(
        of_cell.ref_before,
        of_column.ref_before || {{ line }}.row_ref || coalesce(of_column.ref_after, '')
    )
{%- endmacro %}

{#
  Joins: where a column (an expression) of a ledger line stands. `of_column` is the place of the whole column, `of_cell` that
  of a cell which stands off its column or row (cards, merged cells).
#}
{% macro places_of_column(line, column) -%}
    {% for place, row in [('of_column', 'is null'), ('of_cell', '= ' ~ line ~ '.row_number')] -%}
        left join {{ ref('stg_submissions__list_columns') }} as {{ place }}
            on
                {{ line }}.submission_id = {{ place }}.submission_id
                and {{ line }}.sheet_name = {{ place }}.sheet_name
                and {{ place }}.column_id = {{ column }}
                and {{ place }}.row_number {{ row }}
    {% endfor %}
{%- endmacro %}

{#
  What the line that is believed on an event says in the column at a place of the event's row, null where it has none;
  of an event without a row something else.
#}
{% macro said_of(events, place, otherwise) -%}
    case believed.event
        {% for row in events %}
            when '{{ row[0] }}' then {{ 'versions.' ~ row[place] if row[place] else 'null' }}
        {% endfor %}
        else {{ otherwise }}
    end
{%- endmacro %}

{# The day of a reopening, by the column that tells of it; of one that a list shows by leaving out what was done, its own. #}
{% macro reopened_again_on(versions) -%}
    case {{ versions }}.reopened_by
        when 'reopened_on' then {{ versions }}.reopened_on
        when 'looked_back_on' then {{ versions }}.relapsed_on
        when 'found_on' then {{ versions }}.refound_on
        else {{ versions }}.reported_as_of
    end
{%- endmacro %}

{# Who reopened it: who found it again, or who looked back at it. #}
{% macro reopened_again_by(versions) -%}
    case when {{ versions }}.reopened_by = 'found_on' then {{ versions }}.found_by else {{ versions }}.verified_by end
{%- endmacro %}

{#
  2019.1 names no day. It is the last day of the month that goes with what else a line tells: not after the list, nor after
  what was done or due in that month.
#}
{% macro found_in_month(line, list) -%}
    greatest(
        cast(date_trunc('month', {{ line }}.found_on) as date),
        least(
            {{ list }}.reported_as_of
            {%- for day in ['found_on', 'listed_on', 'listed_due_on', 'due_on', 'rectified_on', 'verified_on', 'closed_on'] %},
            {{ line }}.{{ day }}
            {%- endfor %}
        )
    )
{%- endmacro %}

{# A line that cannot be as it stands: which rule it breaks, in which column, held against which other column. #}
{% macro slip_of_line(rule, kind, column, day, other, other_day) -%}
    select
        submission_id,
        row_number,
        '{{ rule }}' as rule_code,
        '{{ kind }}' as kind,
        {{ column }} as column_id,
        {{ day }} as told_on,
        {{ other }} as other_column_id,
        {{ other_day }} as other_on
{%- endmacro %}

{#
  The slips of `lines`, each followed by a union: days before those they should follow, within one episode; steps
  without the one before them; days after that of receipt. `when` keeps a slip from being told twice.
    orders    rule, day, the day before it, when
    steps     rule, column, the day told of it, the column that is missing, when
    happened  days
#}
{% macro slips_of_lines(orders, steps, happened) -%}
    {% for rule, column, other, when in orders %}
        {{ slip_of_line(rule, 'too_early', "'" ~ column ~ "'", column, "'" ~ other ~ "'", other) }}
        from lines
        where
            {{ column }} < {{ other }}
            and {{ when }}
            and (turned_on is null or ({{ column }} > turned_on) = ({{ other }} > turned_on))
        union all
    {% endfor %}
    {% for rule, column, day, missing, when in steps %}
        {{ slip_of_line(rule, 'without', "'" ~ column ~ "'", day, "'" ~ missing ~ "'", 'cast(null as date)') }}
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
{%- endmacro %}

{# Which of the columns is the first that is filled in; null where none is. #}
{% macro first_filled_in(columns) -%}
    case
        {%- for column in columns %} when {{ column }} is not null then '{{ column }}'{% endfor %} end
{%- endmacro %}

{# A span (from `from_on` to the day before `until_on`, null: until today) in which the day lies. #}
{% macro is_span_of(spans, day) -%}
    {{ spans }}.from_on <= {{ day }} and coalesce({{ day }} < {{ spans }}.until_on, true)
{%- endmacro %}

{# A join of `deadlines`: the deadline of each of the hazards that is in force on a day, or none. #}
{% macro deadline_on(hazards, day) -%}
    left join {{ ref('int_hazards__deadlines') }} as deadlines
        on
            {{ hazards }}.campaign_id = deadlines.campaign_id
            and {{ hazards }}.hazard_id = deadlines.hazard_id
            and coalesce(deadlines.from_on <= {{ day }}, true)
            and coalesce({{ day }} < deadlines.until_on, true)
{%- endmacro %}

{# A join of `listings`: the listing (挂牌) of each of the hazards that is the last one by a day, or none. #}
{% macro listing_by(hazards, day) -%}
    left join {{ ref('int_hazards__listings') }} as listings
        on
            {{ hazards }}.campaign_id = listings.campaign_id
            and {{ hazards }}.hazard_id = listings.hazard_id
            and listings.listed_on <= {{ day }}
            and coalesce({{ day }} < listings.relisted_on, true)
{%- endmacro %}

{# Joins: the counts of `relation`, under the name `counts`, that hold a hazard of `hazards` at their cut-off. #}
{% macro counts_that_hold(hazards, relation, counts) -%}
    inner join {{ ref('fct_ledger_spans') }} as spans
        on
            {{ hazards }}.campaign_id = spans.campaign_id
            and {{ hazards }}.hazard_id = spans.hazard_id
            and spans.reason = 'counted'
    inner join {{ relation }} as {{ counts }}
        on
            spans.campaign_id = {{ counts }}.campaign_id
            and spans.form_id = {{ counts }}.form_id
            and spans.unit_id = {{ counts }}.unit_id
            and spans.item_code = {{ counts }}.item_code
            and spans.part = {{ counts }}.part
            and {{ is_span_of('spans', counts ~ '.cutoff_on') }}
{%- endmacro %}

{# A join of `criteria`: which criterion a line's written name means on a day, and whether it was in force. #}
{% macro criterion_of(line, day, kind) -%}
    {{ kind }} join {{ ref('stg_campaigns__criterion_spans') }} as criteria
        on
            {{ line }}.campaign_id = criteria.campaign_id
            and {{ line }}.criterion_key = criteria.name_key
            and {{ is_span_of('criteria', day) }}
{%- endmacro %}

{#
  What the ledger counts, held against a figure: while hazards that may be one wait for a decision it is anything from
  `lowest` to `highest` (int_hazards__readings), and the figure is held against the nearest. Null without a ledger.
#}
{% macro nearest_reading(figure, lowest, highest) -%}
    case when {{ highest }} is not null then greatest({{ lowest }}, least({{ figure }}, {{ highest }})) end
{%- endmacro %}
