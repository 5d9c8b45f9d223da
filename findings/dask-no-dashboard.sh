#!/usr/bin/env bash
# dashboard_address=None, which the manual gives for "no dashboard", starts the web server on the default port.
#
# Packages: distributed 2026.8.0, dask 2026.8.0
# Expected: no port but the scheduler's. LocalCluster's own description: "Set to None to disable the dashboard", and the
#           default is ':8787'.
# Happens:  None reads the same as "nothing said", so the default takes over: a web server listens on 8787, or the next
#           free port, and answers with pages about the workers. Without host="127.0.0.1" it listens on every interface.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check distributed==2026.8.0 dask==2026.8.0
cd "$folder"
cat > cluster.py <<'PY'
import sys
import urllib.request

from distributed import LocalCluster

if __name__ == "__main__":
    words = " ".join(LocalCluster.__doc__.split())
    described = "Set to ``None`` to disable the dashboard" in words
    print("the description says: Set to None to disable the dashboard:", described)
    with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as cluster:
        server = cluster.scheduler.http_server
        port = getattr(server, "port", None)
        status = None
        if port:
            straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with straight.open(f"http://127.0.0.1:{port}/info/main/workers.html", timeout=10) as answer:
                status = answer.status
        print(f"port {port}, link {cluster.dashboard_link}, a page about the workers: status {status}")
    if not described or status != 200:
        sys.exit("CHANGED: None no longer starts the web server, or the description is another")
    print("as described: the web server runs")
PY
"$folder/venv/bin/python" cluster.py
