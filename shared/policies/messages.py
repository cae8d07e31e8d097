"""What the loader says about a fault: what is wrong, and what to do."""

LIST_MARK = "、"
"""What stands between the items of a list."""

FAULTS = {
    "bad_toml": "文件不是有效的 TOML，从这里起读不下去（解析器提示：{detail}）。请修正这一行。",
    "not_a_file": "不是普通文件。请给出 TOML 文件的路径。",
    "too_large": "文件过大，不像是方案文件。请检查路径是否给错。",
    "too_deep": "表和列表一层套一层，超过 {most} 层，方案用不到这么深。请修正这一行。",
    "not_utf8": "文件不是 UTF-8 编码。请另存为 UTF-8 后再试。",
    "missing_file": "找不到被继承的文件 {name}.toml。请检查 policy.inherits。",
    "inherits_itself": "继承成环：{chain}。请去掉其中一处 policy.inherits。",
    "missing": "缺少 {key}。请补上这一项。",
    "unknown_key": "不认识 {key}。请检查拼写，或删去这一项。",
    "wrong_type": "{key} 应当是{expected}。请改正。",
    "unknown_code": "{key} 中的「{value}」不是可用的代码。可用：{known}。",
    "bad_limit": '{key} 的时限「{value}」看不懂。写法如 "4 working_hours" 或 "1 days at 12:00"。',
    "limit_too_long": "{key} 的时限「{value}」超过十年。请检查是否多写了位数。",
    "out_of_range": "{key} 应当在 {least} 到 {most} 之间，现在是 {value}。请改正。",
    "unknown_zone": "没有「{value}」这个时区。写法如 Asia/Shanghai。",
    "unused_file": (
        "文件里没有 [jurisdiction] 或 [layer]，也没有别的文件继承它，写在里面的都不会用到。"
        "请检查这两个节名的拼写，或删去文件。"
    ),
    "bad_time": '{key} 的时刻「{value}」看不懂。写法如 "08:30"。',
    "bad_hours": '{key} 的时段须成对、先开后关。写法如 [["08:30", "11:30"], ["13:30", "17:30"]]。',
    "no_source": "没有出处。请写 source，或写 standing（proposal / interpretation）并用 because 说明理由。",
    "no_because": 'standing = "{value}" 必须用 because 说明理由。',
    "unknown_document": "出处「{value}」里的文件没有在 documents 中列出。请补上该文件，或更正出处。",
    "unknown_clause": "出处「{value}」的条款不在 documents.{document}.clauses 中。请补上，或更正出处。",
    "unknown_unit": "{key} 提到的单位「{value}」不存在。请检查 units 一节。",
    "circle_of_units": "单位的上级成环：{chain}。请改正其中一处 parent。",
    "unknown_ladder": "{key} 提到的提级梯「{value}」不存在。请检查 ladders 一节。",
    "unknown_counting": "{key} 提到的计入规则「{value}」不存在。请检查 counting 一节。",
    "unknown_selector": "{key} 的「{value}」不是可用的对象。可用：{known}。",
    "no_rungs": "提级梯没有任何一级。请至少写一级。",
    "falling_ladder": "第 {number} 级不晚于前一级，永远轮不到它。请调整 after。",
    "no_route": "没有不带条件的去向，有些老年人会无处可转。请在 routes 最后写一条不带 when 的去向。",
    "dead_route": "第 {number} 条去向说的人，前面已全部包括，永远轮不到它。请调整顺序。",
    "dead_rule": "第 {number} 条规则说的人，前面已全部包括，永远轮不到它。请调整顺序，或改写前面的 when。",
    "not_total": "最后一条分级规则仍带条件，有些老年人会没有类别。请以不带 when 的待核实规则收尾。",
    "no_label": "代码「{value}」没有中文名称。请在 labels.{kind} 中补上。",
    "weaker_floor": (
        "低于上级底线：{elder}，上级「{parent}」（{parent_clause}）要求更密，"
        "本级最密的是「{child}」（{child_clause}）。请不低于上级。"
    ),
    "no_basis": "{key} 不需要任何人同意，须用 word_basis 写明条款；「{value}」不在 documents 中。",
    "dead_effect": "第 {number} 条办结后果在不带 outcome 的一条之后，永远轮不到它。请调整顺序。",
    "effect_incomplete": "办结后果 {value} 与 {key} 必须同时写，或同时不写。请改正。",
    "rounds_too_seldom": "health_care.home_bed.round_days 为 {days} 天，赶不上“{name}”。请把查床间隔改短。",
    "no_handing": "有些单位之间不知能否交办。请在 handing 最后写一条不带 from 和 to 的规则。",
    "not_through": "不得直接派给居（村）委，须经 {value}，并在协助事项清单内。请改派到该单位。",
    "sharing_not_written": "方案没有写“适当”，叠加探访不得与日常探访合并计次。请改为 switched_on = false。",
    "bad_festival": '{key} 的日子「{value}」看不懂，或并非年年都有。写法如 "lunar 9-9"、"term 清明"。',
    "weaker_terms": (
        "「{name}」比上级宽：上级（{parent_clause}）更严，本级（{child_clause}）放宽了对象、次数、间隔、首期、"
        "提醒或例外。请不低于上级；对象只增不减，可写作 any = [上级的条件, 另加的条件]。"
    ),
    "counts_more": (
        "「{name}」的计入方式比上级宽：有的联系，上级（{parent_clause}）不计入，本级（{child_clause}）计入。"
        "请不低于上级。"
    ),
    "not_in_layer": "镇（街道）文件不能改 {key}。只能写 obligations 和 counting；其余由区级方案规定。",
    "not_inside": "{key} 的「{value}」不在辖区内。请更正。",
    "overlapping_towns": (
        "{key} 与 {other} 的区划一大一小，互相套着，同一位老人有两套规定。请并成一个文件，用 area_in 区分。"
    ),
    "no_district": "镇（街道）文件继承的 {name} 不是一个辖区的方案。请检查 policy.inherits。",
    "bad_year": "「{value}」不是年份。写法如 [years.2027]。",
    "year_gap": "缺少 {year} 年的放假安排。请补上这一年，或删去其后的年份。",
    "other_year": "{key} 中的 {value} 不在 {year} 年。请改正日期，或写到那一年的表中。",
    "free_and_working": "{value} 既列为放假日（holidays），又列为上班日（workdays）。请对照通知，只留一处。",
    "empty_text": "{key} 是空的。请写上内容，用不到就删去这一项。",
    "empty_list": "{key} 是空的列表。请至少写一项，用不到就删去这一项。",
    "listed_twice": "{key} 中的「{value}」写了两次。请删去一处，或更正其中一处。",
    "no_condition": "{key} 里没有写条件。请写明是谁；指全部对象的，删去这一项。",
    "no_time": "{key} 没有留出时间（0），一开始就已超过。请写上时间。",
    "asleep": "{key} 是紧急事项，时限或提级梯却按工作时间计算，夜里和假日会停住。请改用 minutes 或 hours。",
    "too_late": "{key} 晚于 {above}。请检查两个时限是否写反，或单位是否写错。",
    "no_such_role": "「{value}」要找的单位，units 一节中没有。请给承担的单位写上 roles，或改派到别的单位。",
    "town_by_half": "{key} 的 kind 与 roles 不一致：kind 是 town 或 street 的，roles 中须有 town，反之亦然。",
    "same_area": "{key} 与 {other} 的区划都是 {value}，分不清老年人归哪一个。请更正其中一个。",
    "same_name": "{key} 与 {other} 同名，填表、派单时分不清。请更正其中一个。",
    "wrong_columns": "{key} 应当有 {count} 栏，现在是 {value} 栏。请对照附件改正。",
    "unprintable": "{key} 里有换行或看不见的字符。请删去。",
    "bad_code": "代码「{value}」只能用小写字母、数字和下划线，以字母开头。请改正。",
    "bad_number": "{key} 中的「{value}」不是可以拨打的号码。请改正。",
    "upside_down": "{key} 的 {value} 超过了 {above}。请改正其中一个。",
    "no_rest": "{key} 没有不带 when 的一条，有些老年人会没有规定。请在最后补上。",
    "unused_label": "labels.{kind} 中的「{value}」没有用处。请检查拼写，或删去。",
    "bad_area": "「{value}」不是区划代码。{key} 是 6、9 或 12 位数字，末尾不补 000，如 370302。",
    "another_place": "「{name}」用了同一个 id，区划却是 {area}。请另起 id，或更正 area_code。",
    "overlapping_versions": "同一辖区有两个文件自同一天 {on} 起施行。请更正 policy.in_force_from。",
}

TYPES = {
    "text": "文字",
    "integer": "整数",
    "decimal": '带引号的数（如 "16.7"）',
    "boolean": "true 或 false",
    "date": "日期（如 2026-01-01）",
    "list": "列表",
    "table": "表",
    "percentages": "由小到大的百分数（1–99）",
}

NOTHING_OWED = "无探访义务"
NO_CLAUSE = "没有条款"
