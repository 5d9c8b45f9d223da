# 任何 Windows 执行器都能用的检查：check.ps1 [基准提交 [待审提交]]。说明见 check.sh。
# 只运行 main 上的这份脚本，绝不运行待审分支里的。执行器只需要读权限，不要给它密钥。
# For any runner on Windows: check.ps1 [BASE [HEAD]]; see check.sh.
# Run the script as it is on main, never that of the branch under review. The runner needs to read, nothing else.
param([string]$Base = '', [string]$Head = 'HEAD')
$ErrorActionPreference = 'Stop'
$env:PYTHONUTF8 = '1'
[Console]::OutputEncoding = [Text.Encoding]::UTF8

if (-not (Get-Command dangwu -ErrorAction SilentlyContinue)) {
    # -I：记录库里名叫 pip 的文件不会被运行 · -I: a file named pip among the records is never run
    $package = if ($env:DANGWU_PACKAGE) { $env:DANGWU_PACKAGE } else { 'dangwu' }
    $tools = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
    py -3 -I -m venv $tools
    if ($LASTEXITCODE) { exit 3 }
    & "$tools\Scripts\python.exe" -I -m pip install --quiet $package
    if ($LASTEXITCODE) { exit 3 }
    $env:PATH = "$tools\Scripts;$env:PATH"
}

# 全部做完，以最大的退出码结束 · do all, leave with the highest code
dangwu check
$code = $LASTEXITCODE
if ($Base) {
    dangwu review "$Base...$Head" --format md
    $code = [Math]::Max($code, $LASTEXITCODE)
} else {
    dangwu due
    $code = [Math]::Max($code, $LASTEXITCODE)
    dangwu audit
    $code = [Math]::Max($code, $LASTEXITCODE)
}
exit $code
