select
    campaign_id,
    form_id,
    unit_id,
    period,
    submission_id,
    rule_code,
    order_in_rule,
    of_enterprise || case kind
        when 'too_early'
            then '“' || column_name || '”' || told_on || ' 早于“' || other_column_name || '”' || other_on || '。请核对后改正。'
        when 'without'
            then
                '填了“' || column_name || '”，没有'
                {# 企业自行销号 and 待审核 fill the cell and sign nothing (R60). #}
                || case when rule_code = 'HL-2-03' then '写明审核签字的' else '填' end
                || '“' || other_column_name || '”。请补填或改正。'
        when 'unsigned'
            then '检查发现的隐患，没有填“' || other_column_name || '”。谁检查、谁签名，请补填。'
        when 'none_signed'
            then '本清单检查发现的隐患都没有填“' || other_column_name || '”。谁检查、谁签名，请补填；表上没有这一栏的，请用现行的表。'
        when 'not_yet'
            then '“' || column_name || '”' || told_on || ' 晚于收到清单的日子 ' || other_on || '。请核对后改正。'
        when 'never_done'
            then
                '“' || column_name || '”' || told_on || ' 之前没有整改完成或销号的记录。'
                || '请补填整改完成日期；没有重新挂账的，请改正。'
        when 'found_again'
            then
                '“' || column_name || '”' || told_on || ' 晚于此前的“' || other_column_name || '”' || other_on
                || '，已按该日又被发现、重新打开计。确是又出现的，请填重新挂账日期，保留原发现日期；'
                || '另一处的，请另编号；改正日期的，请一并改正销号日期。'
        when 'one_number'
            then
                '编号 ' || hazard_number || ' 在' || other_place || '用于另一处（' || other_hazard || '）。'
                || '请各用一个编号；确是同一处的，请确认。'
        when 'one_hazard'
            then
                '与' || other_place || '（' || other_hazard || '）像是同一处：' || reason || '。'
                || '是同一处的，请只写一行、用一个编号；不是的，请确认。'
        when 'judged_not_yet'
            then
                '“' || column_name || '”' || criterion || ' 自 ' || other_on || ' 起施行，发现日期 ' || told_on
                || ' 时尚未施行。请核对后改正。'
        when 'judged_no_longer'
            then
                '“' || column_name || '”' || criterion || ' 自 ' || other_on || ' 起不再施行，发现日期为 ' || told_on
                || '。请改写当时施行的，或核对日期。'
        when 'judged_unlisted'
            then '“' || column_name || '”' || criterion || ' 不在判定标准清单上。请写标准全称；确有此标准的，请告知安委办。'
        when 'twice'
            then '与' || other_place || '是同一处隐患写了两行，台账只按本行计。请只保留一行。'
    end as message,
    of_enterprise || case kind
        when 'too_early'
            then
                column_name || ' ' || told_on || ' lies before ' || other_column_name || ' ' || other_on
                || '; please correct it.'
        when 'without'
            then
                column_name || ' is filled in without a valid ' || other_column_name
                || '; please complete or correct it.'
        when 'unsigned'
            then 'found by an inspection, and ' || other_column_name || ' is blank; please say who inspected.'
        when 'none_signed'
            then
                'no hazard of this list that was found by an inspection has ' || other_column_name
                || '; please say who inspected, on the form now in force if this one has no such column.'
        when 'not_yet'
            then column_name || ' ' || told_on || ' lies after the day of receipt ' || other_on || '; please correct.'
        when 'never_done'
            then column_name || ' ' || told_on || ' has no rectification before it; please complete or correct it.'
        when 'found_again'
            then
                column_name || ' ' || told_on || ' lies after ' || other_column_name || ' ' || other_on
                || ' and is taken for a reopening; keep the first day and give the day of reopening, give another'
                || ' hazard a number of its own, or correct both days.'
        when 'one_number'
            then
                'number ' || hazard_number || ' stands for another hazard at ' || other_place
                || '; please give each its own, or confirm that they are the same.'
        when 'one_hazard'
            then 'this seems to be the hazard at ' || other_place || '; keep one row and one number, or say it is not.'
        when 'judged_not_yet'
            then
                criterion || ' is in force from ' || other_on || ', the hazard was found on ' || told_on
                || '; please correct it.'
        when 'judged_no_longer'
            then
                criterion || ' ended on ' || other_on || ', the hazard was found on ' || told_on
                || '; please correct it.'
        when 'judged_unlisted'
            then criterion || ' is not on the list of criteria; please give its full name, or tell the office of it.'
        when 'twice'
            then 'this is the hazard at ' || other_place || '; only this row counts. Please keep one row.'
    end as message_en,
    source_cell
from {{ ref('int_hazards__asked') }}
