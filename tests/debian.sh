#!/bin/sh
# dev.py try and dev.py test on a Debian in a folder: tests/debian.sh SUITE FOLDER [WORDS FOR PYTEST]. See docs/debian.md.
set -eu
suite=$1 folder=$2
shift 2
here=$(cd "$(dirname "$0")/.." && pwd)

inside() {
    chroot "$folder" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive PIP_CERT=/etc/ssl/certs/ca-certificates.crt "$@"
}

if [ ! -x "$folder/usr/bin/git" ]; then
    debootstrap --variant=minbase --include=python3,python3-venv,git,ca-certificates "$suite" "$folder" ${MIRROR:-}
fi
# Whatever this machine needs to reach the package index, the folder needs too.
cp /etc/resolv.conf /etc/hosts "$folder/etc/"
cp /etc/ssl/certs/ca-certificates.crt "$folder/etc/ssl/certs/"
for each in proc dev; do
    mountpoint -q "$folder/$each" || mount --rbind "/$each" "$folder/$each"
    mount --make-rslave "$folder/$each"
done
if [ -n "${EXTRA:-}" ]; then
    case $EXTRA in
    1) EXTRA="chromium fonts-noto-cjk poppler-utils fontconfig default-jre-headless tmux openssh-client" ;;
    esac
    inside apt-get -o Acquire::Check-Valid-Until=false update -q
    # shellcheck disable=SC2086 - several packages
    inside apt-get install -q -y --no-install-recommends $EXTRA
fi

python=${PYTHON:-python3}
place=/root/dangwu-$python
mkdir -p "$folder$place"
tar -C "$here" --exclude=./.git --exclude='./.venv*' --exclude=__pycache__ -cf - . | tar -C "$folder$place" -xf -
# shellcheck disable=SC2016 - the shell inside fills it in
inside sh -c 'cd "$1" && python=$2 && shift 2 && "$python" dev.py try && exec "$python" dev.py test "$@"' \
    sh "$place" "$python" "$@"
