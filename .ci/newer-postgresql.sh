#!/usr/bin/env bash
# newer-postgresql.sh <folder>: PostgreSQL 17 and 18 of newer Debian suites, unpacked into the folder and not installed;
# prints their bin folders, separated by colons, for POSTGRES_BINS. Needs apt-get, dpkg and no root. A version that
# cannot be had is left out with the reason on stderr: its tests are not run then.
set -uo pipefail
folder=$1
command -v apt-get >/dev/null && command -v dpkg >/dev/null || { echo "No apt-get here." >&2; exit 0; }
keys=/usr/share/keyrings/debian-archive-keyring.gpg
# The mirror this machine already uses.
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -v -- '-security' | head -n 1)
[ -n "$mirror" ] && [ -f $keys ] || { echo "No Debian mirror or keyring here." >&2; exit 0; }
mkdir -p "$folder" && chmod 755 "$folder" # the servers run as nobody

# download <suite> <package…>: into $folder/<suite>/cache, with what they depend on, whatever is installed here.
download() {
  local suite=$1 state="$folder/$1"
  shift
  mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
  echo "deb [signed-by=$keys] $mirror $suite main" >"$state/sources.list"
  : >"$state/status"
  local options=(-q -o Dir::Etc::sourcelist="$state/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::State::lists="$state/lists" -o Dir::State::status="$state/status" -o Dir::Cache="$state/cache"
    -o APT::Sandbox::User= -o Debug::NoLocking=1 -o APT::Install-Recommends=false)
  apt-get "${options[@]}" update >&2 && apt-get "${options[@]}" install -y --download-only "$@" >&2
}

# unpack <major> <suite>: the packages below $folder/<major>, run with their own C library.
unpack() {
  local major=$1 suite=$2 root="$folder/$1" package file
  local bin="$root/usr/lib/postgresql/$major/bin" own="$root/usr/lib/x86_64-linux-gnu:$root/usr/lib/postgresql/$major/lib"
  if [ ! -x "$bin/pg_dump" ]; then
    download "$suite" "postgresql-$major" "postgresql-client-$major" patchelf || return 1
    mkdir -p "$root"
    for package in "$folder/$suite"/cache/archives/*.deb; do dpkg -x "$package" "$root" || return 1; done
    rm -rf "${folder:?}/$suite"
    local loader="$root/usr/lib64/ld-linux-x86-64.so.2"
    local patchelf=("$loader" --library-path "$own" "$root/usr/bin/patchelf")
    for file in "$bin"/*; do
      [ "$(head -c 4 "$file" | tail -c 3)" = ELF ] || continue
      "${patchelf[@]}" --set-interpreter "$loader" --force-rpath --set-rpath "$own" "$file" || return 1
    done
    for file in "$root/usr/lib/postgresql/$major"/lib/*.so; do
      "${patchelf[@]}" --force-rpath --set-rpath "$own" "$file" || return 1
    done
  fi
  "$bin/pg_dump" --version >&2 && bins+=("$bin")
}

bins=()
unpack 17 trixie || echo "PostgreSQL 17 could not be unpacked." >&2
unpack 18 sid || echo "PostgreSQL 18 could not be unpacked." >&2
IFS=:
echo "${bins[*]-}"
