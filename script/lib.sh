# Shared by the scripts beside it; sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
# A build leaves no process behind that would hold this terminal or its memory.
export MSBUILDDISABLENODEREUSE=1

say() { printf '%s\n' "$*" >&2; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# Does anything on this machine answer at this port?
port_in_use() {
  { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null && { exec 3>&- 3<&-; return 0; }
  { exec 3<>"/dev/tcp/::1/$1"; } 2>/dev/null && { exec 3>&- 3<&-; return 0; }
  return 1
}

# An absolute path, of something that need not exist yet.
absolute() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s' "$PWD/$1" ;; esac; }

# Where the embedded server and files lie.
data_folder() {
  if [ -n "${HOMECARE_DATA:-}" ]; then absolute "$HOMECARE_DATA"; else printf '%s' "$root/.data"; fi
}

# Publishes the web host to artifacts/web unless what lies there is newer than its sources. The new copy takes the
# place of the old one in one step, so that a host which still runs from the old copy is not pulled apart.
publish_web() {
  local to=$root/artifacts/web
  if [ -f "$to/HomeCare.Web.dll" ] && [ -z "$(find "$root"/src "$root"/wwwroot "$root"/build "$root"/Directory.*.props \
      "$root"/global.json "$root"/package-lock.json "$root"/.editorconfig -newer "$to/HomeCare.Web.runtimeconfig.json" \
      -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ]; then
    return 0
  fi
  say "Publishing the web host …"
  rm -rf "$to.new"
  dotnet publish "$root/src/HomeCare.Web" -c Release -o "$to.new" -v quiet -nologo "-clp:ErrorsOnly;NoSummary" >&2 ||
    fail "The web host did not build; the messages above say why."
  touch "$to.new/HomeCare.Web.runtimeconfig.json"
  rm -rf "$to.old"
  if [ -d "$to" ]; then mv "$to" "$to.old"; fi
  mv "$to.new" "$to"
  rm -rf "$to.old"
}

# The published host, which finds its static files whatever folder it is started from.
web_host() { ASPNETCORE_CONTENTROOT=$root/artifacts/web run_child dotnet "$root/artifacts/web/HomeCare.Web.dll" "$@"; }

# Starts a PostgreSQL for this run alone, below a temporary folder, and stops it when the script ends.
# Sets HOMECARE_TEST_POSTGRES to its connection string.
throwaway_postgres() {
  throwaway=$(mktemp -d "${TMPDIR:-/tmp}/homecare.XXXXXX")
  trap stop_throwaway_postgres EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  HOMECARE_TEST_POSTGRES=$("$root/script/postgres" start "$throwaway" --with $$)
  export HOMECARE_TEST_POSTGRES
}
stop_throwaway_postgres() {
  local code=$?
  trap - EXIT INT TERM
  "$root/script/postgres" stop "$throwaway" >&2 || true
  rm -rf "$throwaway"
  exit "$code"
}

# Runs a command so that a signal to this script reaches it at once, and returns its exit code.
run_child() {
  local child code=0
  "$@" &
  child=$!
  trap 'kill -TERM "$child" 2>/dev/null || true' INT TERM
  wait "$child" || code=$?
  while kill -0 "$child" 2>/dev/null; do code=0; wait "$child" || code=$?; done
  return "$code"
}
