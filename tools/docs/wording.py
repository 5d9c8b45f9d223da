"""The few sentences of the site that stand in no page of docs/site, in both languages."""

from __future__ import annotations

LANGUAGES = ("zh", "en")
"""The first is that of the front page."""

OTHER_LANGUAGE = {
    "zh": {"code": "en", "tag": "en", "name": "English"},
    "en": {"code": "zh", "tag": "zh-Hans", "name": "中文"},
}

SITE = {
    "title": {"zh": "dangwu 党务", "en": "dangwu"},
    "tagline": {
        "zh": "党支部的工作记录：查有什么不对、列应办哪些、出全年报告",
        "en": "records of a Party branch: what is wrong, what is due, the year's report",
    },
}

REFERENCE = {
    "reference": {"zh": "查阅", "en": "Reference"},
    "reference intro": {
        "zh": "这一部分的各页由程序自己生成：命令和选项取自它的帮助，其余取自格式文件、制度文件和各代码的说明，所以与程"
        "序一致。",
        "en": "These pages are made of the program itself: commands and options of its help, the rest of the schemas, "
        "the rulebook and the pages of the codes. So they say what the program says.",
    },
    "commands": {"zh": "命令", "en": "Commands"},
    "commands intro": {
        "zh": "每条命令的全部选项。终端里 `dangwu 命令 --help` 显示的就是这些。",
        "en": "Every option of every command, as `dangwu COMMAND --help` shows it.",
    },
    "general options": {"zh": "写在命令前面的选项", "en": "Options before the command"},
    "subcommands": {"zh": "其中的命令", "en": "Commands in it"},
    "command": {"zh": "命令", "en": "Command"},
    "what it does": {"zh": "作用", "en": "What it does"},
    "codes": {"zh": "检查代码", "en": "Codes of findings"},
    "codes intro": {
        "zh": "每条检查结果都带一个代码。各页说明它是什么、为什么要紧、怎样改正、何时可以接受；终端里是 `dangwu explain"
        " 代码`。",
        "en": "Every finding has a code. Its page says what it means, why it matters, how to put it right and when it "
        "may be accepted; on a terminal that is `dangwu explain CODE`.",
    },
    "code": {"zh": "代码", "en": "Code"},
    "severity": {"zh": "级别", "en": "Severity"},
    "error": {"zh": "错误", "en": "error"},
    "warning": {"zh": "警告", "en": "warning"},
    "note": {"zh": "提示", "en": "note"},
    "title": {"zh": "名称", "en": "Title"},
    "clause": {"zh": "条款", "en": "Clause"},
    "kinds": {"zh": "记录种类", "en": "Kinds of record"},
    "kinds intro": {
        "zh": "每种记录放在哪里、谁可以看、有哪些字段，各附虚构支部里的一份例子。`*` 为必填。`dangwu new 种类` 会写好它"
        "。",
        "en": "Where each kind of record stands, who may see it, its fields, and one from the fictional branch. `*` "
        "marks what is required. `dangwu new KIND` writes it.",
    },
    "kind": {"zh": "种类", "en": "Kind"},
    "place": {"zh": "文件", "en": "File"},
    "who sees it": {"zh": "谁可以看", "en": "Who may see it"},
    "field": {"zh": "字段", "en": "Field"},
    "meaning": {"zh": "含义", "en": "Meaning"},
    "example": {"zh": "例子", "en": "Example"},
    "fields": {"zh": "字段", "en": "Fields"},
    "short names": {"zh": "也叫", "en": "Also called"},
    "others": {"zh": "其他", "en": "Others"},
    "headings": {"zh": "正文各节", "en": "Sections of its body"},
    "no example": {
        "zh": "虚构支部里没有这种文件；写法见[记录怎样写](../../records.md)。",
        "en": "The fictional branch has none; [how records are written](../../records.md) shows one.",
    },
    "by its scope": {"zh": "由其 `scope` 决定", "en": "by its `scope`"},
    "public": {"zh": "社会", "en": "the public"},
    "employees": {"zh": "本单位职工", "en": "employees"},
    "members": {"zh": "全体党员", "en": "members"},
    "committee": {"zh": "支委会", "en": "the committee"},
    "handlers": {"zh": "经办人", "en": "handlers"},
    "sealed": {"zh": "从不显示", "en": "nobody"},
    "settings": {"zh": "设置", "en": "Settings"},
    "settings intro": {
        "zh": "制度没有写明的，由支部在 `branch.yaml` 的 `settings:` 下决定。没有写的按默认值，并且每次都标明是假定的。"
        "怎样写，见[设置](../settings.md)。",
        "en": "What the text of the rules leaves open the branch decides under `settings:` in `branch.yaml`. What it "
        "does not set has the default, which is said to be assumed each time. How to write one: "
        "[settings](../settings.md).",
    },
    "setting": {"zh": "设置", "en": "Setting"},
    "default": {"zh": "默认", "en": "Default"},
    "decides": {"zh": "决定什么", "en": "What it decides"},
    "system": {"zh": "制度", "en": "System"},
    "all systems": {"zh": "各项", "en": "all"},
    "rules": {"zh": "十项制度逐条", "en": "The ten systems, clause by clause"},
    "rules intro": {
        "zh": "制度的每一条在这里成为事项（由 dangwu 推算何时应办）、检查、提示、定义，或由人判断。终端里是 `dangwu rul"
        "es`。",
        "en": "Every clause is a duty here, which dangwu works out, a check, a note, a definition, or for people to "
        "judge. On a terminal that is `dangwu rules`.",
    },
    "becomes": {"zh": "成为", "en": "Becomes"},
    "duty": {"zh": "事项", "en": "duty"},
    "check": {"zh": "检查", "en": "check"},
    "definition": {"zh": "定义", "en": "definition"},
    "people": {"zh": "由人判断", "en": "for people"},
    "evidence": {"zh": "依据的记录", "en": "Evidence"},
    "checked by": {"zh": "检查", "en": "Checked by"},
}
