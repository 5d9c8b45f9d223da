#!/bin/sh
# 任何执行器都能用的检查（Gitee、GitCode、Jenkins 等）：sh check.sh [基准提交 [待审提交]]
# 不给提交：检查当前状态并列出应办、核查历史；给了：检查并说明合并请求改了什么。要有全部历史。
# 只运行 main 上的这份脚本，绝不运行待审分支里的：
#     git show origin/main:.dangwu/ci/check.sh >/tmp/check.sh && sh /tmp/check.sh "$BASE" "$HEAD"
# 执行器只需要读权限，不要给它密钥。
#
# For any runner (Gitee, GitCode, Jenkins, …): sh check.sh [BASE [HEAD]]
# Without commits: check, due and audit; with them: check, and what the pull request changes. Needs the whole history.
# Run the script as it is on main, never that of the branch under review (the line above).
# The runner needs to read, nothing else; give it no secret.
set -eu

if ! command -v dangwu >/dev/null 2>&1; then
    # -I：记录库里名叫 pip 的文件不会被运行 · -I: a file named pip among the records is never run
    tools=$(mktemp -d)
    python3 -I -m venv "$tools"
    "$tools/bin/python3" -I -m pip install --quiet "${DANGWU_PACKAGE:-dangwu}"
    PATH="$tools/bin:$PATH"
fi

code=0
run() { # 全部做完，以最大的退出码结束 · do all, leave with the highest code
    got=0
    "$@" || got=$?
    if [ "$got" -gt "$code" ]; then code=$got; fi
}

run dangwu check
if [ -n "${1:-}" ]; then
    run dangwu review "$1...${2:-HEAD}" --format md
else
    run dangwu due
    run dangwu audit
fi
exit "$code"
