#!/usr/bin/env bash
# git adds a trailer with a Chinese key, spoils the line, and does not find it, nor the English one beside it.
#
# Program:  git; seen with 2.39.5
# Expected: a key that --trailer accepts is a key that %(trailers) shows, or it is refused. git-interpret-trailers(1),
#           in its newer versions, says that a key has ASCII letters, digits and hyphens only.
# Happens:  commit --trailer does not check. "审核人: 王五" is taken as one long key with an empty value, so a second
#           colon is written behind it. Reading finds no trailer in the message, and because a block counts only when
#           all of its lines are trailers, a Reviewed-by in the same block disappears from %(trailers) too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
unset "${!GIT_@}"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
git --version
git init --quiet records
cd records
git config user.name recorder
git config user.email recorder@example.org
git commit --quiet --allow-empty -m 'Minutes of March' --trailer '审核人: 王五'
written=$(git log -1 --format=%B | grep 审核人)
found=$(git log -1 --format='%(trailers)')
git commit --quiet --allow-empty -m 'Minutes of April' -m $'审核人: 王五\nReviewed-by: Li Si'
beside=$(git log -1 --format='%(trailers:key=Reviewed-by)')
git commit --quiet --allow-empty -m 'Minutes of May' -m 'Reviewed-by: Li Si'
alone=$(git log -1 --format='%(trailers:key=Reviewed-by)')
echo "asked for:           审核人: 王五"
echo "in the message:      $written"
echo "found as a trailer:  [$found]"
echo "Reviewed-by beside:  [$beside]"
echo "Reviewed-by alone:   [$alone]"
if [[ $written != 审核人:*: || -n $found || -n $beside || $alone != "Reviewed-by: Li Si" ]]; then
    echo "CHANGED: git treats a trailer with a Chinese key in another way" >&2
    exit 1
fi
echo "as described: a spoilt line, and no trailer found"
