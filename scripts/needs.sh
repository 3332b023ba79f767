# shellcheck shell=sh
# Sourced by ./run and ./test: programs that they need, installed from Debian where that is possible.

missing=''

# need COMMAND PACKAGE: notes the package when there is no such command.
need() {
  command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}

# may_install: whether Debian's packages can be installed without asking anybody.
may_install() {
  command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

# want COMMAND PACKAGE: as need, where it can be installed; without it things go on.
want() {
  if may_install; then
    need "$1" "$2"
  fi
}

# need_jdk: notes the JDK when there is none, or one older than 17.
need_jdk() {
  version=$(javac -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  [ "${version:-0}" -ge 17 ] || missing="$missing default-jdk-headless"
}

# need_for_build: what it takes to build the jar, the pages' libraries included.
need_for_build() {
  need_jdk
  need mvn maven
  if [ -f webroot/package.json ]; then
    need node nodejs
    need npm npm
  fi
}

# install_missing: installs what was noted, or says what to install and ends.
install_missing() {
  [ -n "$missing" ] || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install:$missing (the names of the Debian packages)" >&2
    exit 1
  fi
  if [ "$(id -u)" = 0 ]; then
    as_root=''
  elif sudo -n true 2>/dev/null; then
    as_root='sudo'
  else
    echo "Please install what is missing: sudo apt-get install -y --no-install-recommends$missing" >&2
    exit 1
  fi
  echo "Installing$missing ..."
  log=$(mktemp)
  # shellcheck disable=SC2086 # one word per package
  if ! { $as_root apt-get update && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    echo "Could not install$missing" >&2
    exit 1
  fi
  rm -f "$log"
  missing=''
}
