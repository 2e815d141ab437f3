# Sourced by the scripts beside it: the cache folder, and steps that run once for the same inputs.

linux_release=7.2
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${IOMMUREF_CACHE:-$HOME/.cache/iommuref}/linux-$linux_release
source_tree=$cache/source
stamps=$cache/stamps

die() {
  local code=$1
  shift
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit "$code"
}

# need COMMAND PACKAGE: a tool that must be there.
need() {
  command -v "$1" >/dev/null || die 2 "no $1 found; install it (Debian: apt install $2)"
}

# need_header HEADER PACKAGE: a header that a C compiler must find.
need_header() {
  printf '#include <%s>\n' "$1" | cc -E - >/dev/null 2>&1 ||
    die 2 "no <$1> found; install it (Debian: apt install $2)"
}

# step NAME [INPUT]...: runs the function NAME unless it has succeeded before with the same inputs.
# An input is a file of ours or the stamp of an earlier step. The output goes to a log.
step() {
  local name=$1 key log
  shift
  log=$cache/log/$name.log
  mkdir -p "$stamps" "$cache/log"
  key=$({ declare -f "$name" && cat -- /dev/null "$@"; } | sha256sum)
  if [ -f "$stamps/$name" ] && [ "$(<"$stamps/$name")" = "$key" ]; then return 0; fi
  rm -f "$stamps/$name"
  printf '%s: %s...\n' "${0##*/}" "${name//_/ }" >&2
  # Not in a condition, where bash would not stop at the first command that fails.
  set +e
  (
    set -e
    "$name"
  ) >"$log" 2>&1 </dev/null
  local code=$?
  set -e
  if [ "$code" -ne 0 ]; then
    tail -n 20 "$log" >&2
    die 2 "${name//_/ } failed; the whole log is $log"
  fi
  printf '%s\n' "$key" >"$stamps/$name"
}
