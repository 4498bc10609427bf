# shellcheck shell=bash
# A PostgreSQL of one's own, in a throw-away folder, for tests and benchmarks; to be sourced.
#
# It is started from its binaries, which are installed from the distribution where they are missing.

cluster=
postgres_bin=
as_ordinary_user=()

stop_postgres() {
    [[ -n $cluster ]] || return 0
    "${as_ordinary_user[@]}" "$postgres_bin/pg_ctl" --pgdata="$cluster/data" --mode=immediate --silent stop || true
    rm -rf -- "$cluster"
    cluster=
}
trap stop_postgres EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

find_postgres() {
    local folder
    while read -r folder; do
        if [[ -x $folder/initdb && -x $folder/pg_ctl && -x $folder/postgres ]]; then
            postgres_bin=$folder
            return 0
        fi
    done < <(
        printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin | sort --version-sort --reverse
        tr ':' '\n' <<<"$PATH"
    )
    return 1
}

install_postgres() {
    local root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || return 1
        root=(sudo)
    fi
    command -v apt-get >/dev/null || return 1
    echo "PostgreSQL is not here: installing it with apt-get"
    # The package would start a server of its own, which nobody needs here.
    "${root[@]}" mkdir -p /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' | "${root[@]}" tee /etc/postgresql-common/createcluster.d/not-for-tests.conf >/dev/null
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql
}

# PostgreSQL does not run as root: then it runs as its own user, or as nobody.
choose_user() {
    ((EUID == 0)) || return 0
    local user=nobody
    if id postgres >/dev/null 2>&1; then user=postgres; fi
    chown "$user" "$cluster"
    if command -v setpriv >/dev/null; then
        as_ordinary_user=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --clear-groups env HOME="$cluster")
    elif command -v runuser >/dev/null; then
        as_ordinary_user=(runuser -u "$user" -- env HOME="$cluster")
    else
        echo "to start PostgreSQL as an ordinary user, setpriv or runuser is needed; or set TEST_POSTGRES_URL" >&2
        return 1
    fi
}

# Starts a server with settings beside its own, e.g. `fsync=off`, and names it in TEST_POSTGRES_URL.
start_postgres() {
    if ! find_postgres && ! { install_postgres && find_postgres; }; then
        echo "PostgreSQL is neither here nor can it be installed: set TEST_POSTGRES_URL, or use ./test --fast" >&2
        exit 1
    fi
    # Short, as the path of a socket may have 107 bytes only, and where every user may look.
    cluster=$(mktemp -d /tmp/miso-pg.XXXXXX)
    choose_user
    local run=("${as_ordinary_user[@]}")
    local make=("${run[@]}" "$postgres_bin/initdb" --pgdata="$cluster/data" --username=miso --auth=trust --encoding=UTF8 --no-sync)
    # With an order of letters that is not that of bytes, as most servers have one, where it was built with that.
    (cd "$cluster" && { "${make[@]}" --locale=C --locale-provider=icu --icu-locale=de-DE || "${make[@]}" --locale=C; } >"$cluster/log" 2>&1) || {
        cat "$cluster/log" >&2
        exit 1
    }
    # It listens on a socket in its own folder alone, so that any number of them live side by side.
    cat >>"$cluster/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$cluster'
unix_socket_permissions = 0777
max_connections = 200
timezone = 'Pacific/Chatham'
CONF
    printf '%s\n' "$@" >>"$cluster/data/postgresql.conf"
    if ! (cd "$cluster" && "${run[@]}" "$postgres_bin/pg_ctl" --pgdata="$cluster/data" --log="$cluster/server.log" --wait --silent start); then
        cat "$cluster/server.log" >&2
        exit 1
    fi
    chmod 755 "$cluster"
    TEST_POSTGRES_URL="postgres://miso@${cluster//\//%2F}/postgres"
    export TEST_POSTGRES_URL
    echo "$("$postgres_bin/postgres" --version), in $cluster until the end"
}
