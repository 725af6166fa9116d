# What scripts/elasticsearch, scripts/postgresql and scripts/redis have in common: where a server's files lie, its
# account, its process. Each of them sets NAME, PORT, DATA (may be empty) and URL, defines `fetched`, `fetch` and
# `launch`, and ends with `main "$@"`. For development and tests on Debian; these servers keep nothing precious.
# TRANG_SERVERS names the folder for all of it, instead of the project's var/servers/.
# shellcheck shell=bash disable=SC2034,SC2154
set -euo pipefail
umask 022

PROJECT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
ACCOUNT=trang-servers # runs them where root starts them: Elasticsearch and PostgreSQL refuse root
STOP_SIGNAL=TERM
PATIENCE=60 # seconds

say() { echo "$NAME: $*" >&2; }
fail() { say "$@" && exit 1; }
as_root() { [[ $EUID == 0 ]]; }
# Root's projects often lie where no other account may look.
SERVERS=$(realpath -m "${TRANG_SERVERS:-$(as_root && echo /var/tmp/trang-servers || echo "$PROJECT/var/servers")}")

# install_packages NAME…: from Debian; only root can.
install_packages() {
    as_root || fail "not installed; ask root for: apt-get install $*"
    say "installing $*"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "$@" >/dev/null
}

# with_account COMMAND…: as the servers' own account if we are root, in the server's folder.
with_account() {
    cd "$STATE"
    if as_root; then runuser -u "$ACCOUNT" -- "$@"; else "$@"; fi
}

# This server's own process, and none that has its number by now: it works in the server's folder.
running() {
    pid=$(cat "$STATE/pid" 2>/dev/null) && [[ $(readlink "/proc/$pid/cwd")/ == "$STATE"/* ]]
}

# A server that was killed lets go of its number, its helpers and its port only after a moment.
gone() {
    for ((tenths = 0; tenths < 100; tenths++)); do
        kill -0 "$pid" 2>/dev/null || at_work || (: <"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null || return 0
        sleep 0.1
    done
    return 1
}

at_work() { [[ $(find /proc/[0-9]*/cwd \( -lname "$STATE" -o -lname "$STATE/*" \) 2>/dev/null) ]]; }

own_folder() {
    mkdir -p "$STATE"
    as_root || return 0
    id "$ACCOUNT" >/dev/null 2>&1 ||
        useradd --system --user-group --home-dir /nonexistent --shell /usr/sbin/nologin "$ACCOUNT"
    chown "$ACCOUNT:" "$STATE"
    runuser -u "$ACCOUNT" -- test -x "$STATE" ||
        fail "the account $ACCOUNT cannot enter $STATE; name another folder: TRANG_SERVERS=/var/tmp/trang-servers"
}

start() {
    fetched || fetch
    own_folder
    exec 9>"$STATE/lock"
    flock 9 # two starts at once are one server
    if ! running; then
        gone || fail "port $PORT is taken by another program; choose one: ${NAME^^}_PORT=…"
        rm -f "$STATE/pid"
        launch >"$STATE/output" 2>&1 9>&- || { tail -20 "$STATE/output" >&2 && fail "did not start; see $STATE"; }
    fi
    echo "$URL"
}

stop() {
    running || return 0
    kill -s "$STOP_SIGNAL" "$pid"
    for ((tenths = 0; tenths < PATIENCE * 10; tenths++)); do
        running || return 0
        sleep 0.1
    done
    say "process $pid does not end by itself" && kill -9 "$pid"
}

# 0: runs, and its address goes to the output; 3: does not run; 4: is not fetched.
status() {
    if running; then say "runs as process $pid in $STATE" && echo "$URL" && return 0; fi
    if fetched; then say "does not run" && return 3; fi
    say "not fetched yet: scripts/$NAME start" && return 4
}

main() {
    STATE=$(realpath -m "${DATA:-$SERVERS/run/$NAME-$PORT}")
    case "${1:-}" in
        fetch) fetched || fetch ;;
        start | stop | status) "$1" ;;
        *) echo "usage: scripts/$NAME fetch|start|stop|status" >&2 && exit 2 ;;
    esac
}
