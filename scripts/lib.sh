# Shared by ./demo and ./test: stages that say how long they took, and what both need on the machine.
# Sourced, with $root set to the top of the tree.

started=$SECONDS

stage() { # stage TITLE: one line a stage, so that a wait is explained
    printf '\n\033[1m== %s\033[0m  (%ds)\n' "$1" $((SECONDS - started))
}

die() {
    echo "$1" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
        die "This needs root or sudo: $*"
    fi
}

apt_install() { # apt_install PROGRAM PACKAGE...: installs Debian packages where the program is missing
    local program=$1
    shift
    if command -v "$program" >/dev/null || [ -x "$program" ]; then return; fi
    command -v apt-get >/dev/null || die "$program is missing and there is no apt-get here: install $* by hand"
    echo "Installing $* ($program is missing)"
    if [ -z "${apt_updated:-}" ]; then
        as_root apt-get update -qq
        apt_updated=1
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

check_machine() {
    command -v java >/dev/null || die "Java is missing: install a JDK, 17 or later (Debian: openjdk-17-jdk-headless)"
    command -v mvn >/dev/null || die "Maven is missing: install it, 3.8 or later (Debian: maven)"
    command -v python3 >/dev/null || die "Python 3 is missing: install it (Debian: python3 python3-venv)"
    python3 -c 'import ensurepip, venv' 2>/dev/null || apt_install /nonexistent python3-venv
}

newest_source() { # the time of the newest file the jar is made of
    find "$root/pom.xml" "$root/server/pom.xml" "$root/server/src/main" -type f -printf '%T@\n' | sort -rn | head -1 | cut -d. -f1
}

build_server() {
    local jar=$root/server/target/dvt-ls.jar
    if [ -f "$jar" ] && [ "$(stat -c %Y "$jar")" -ge "$(newest_source)" ]; then
        echo "The build is up to date."
        return
    fi
    (cd "$root" && mvn -q -B -DskipTests -Dmaven.test.skip=true package)
    echo "Built server/target/dvt-ls.jar"
}

# The page that `dvt-ls docs` fills, beside the jar.
build_docs_site() {
    local extension=$root/vscode-extension site=$root/server/target/docs-site/index.html
    command -v npm >/dev/null || die "npm is missing: install Node 20 or later (Debian: nodejs npm)"
    if [ -f "$site" ] && [ -z "$(find "$extension/web" "$extension/scripts" "$extension/package-lock.json" -newer "$site" -print -quit)" ]; then
        return
    fi
    (
        cd "$extension"
        [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent
        npm run --silent docs-site
    )
    echo "Built server/target/docs-site"
}

# Class data sharing: the command line starts in half the time. What a run loads is what most commands load; it needs
# the engine's tools.
archive_classes() { # archive_classes PROJECT: whose .dvt has them, where no variable says otherwise
    local jar=$root/server/target/dvt-ls.jar archive=$root/server/target/dvt-ls.jsa project
    if [ "$archive" -nt "$jar" ]; then return; fi
    project=$(mktemp -d)
    mkdir "$project/models"
    printf 'name: archive\nprofile: archive\n' >"$project/dbt_project.yml"
    printf 'archive: {target: dev, outputs: {dev: {type: duckdb, path: archive.duckdb}}}\n' >"$project/profiles.yml"
    printf 'def model(dbt, session):\n    return session.sql("select 1 as id")\n' >"$project/models/first.py"
    DVT_TOOLS_DIR=${DVT_TOOLS_DIR:-$1/.dvt/tools} DVT_VENV=${DVT_VENV:-$1/.dvt/venv} \
        java -XX:ArchiveClassesAtExit="$archive" -XX:+UseSerialGC -jar "$jar" run --project-dir "$project" >"$project/log" 2>&1 ||
        die "$(cat "$project/log")"
    rm -rf "$project"
}
