#!/usr/bin/env bash
# The main job on this machine: a relay, a robot with a simulated body, and a link for the pupil.
#   ./demo.sh [--camera X] [--microphone X] [--speaker Y] [--size WxH] [--lan] [--port 8080] [--check]
# X: a device, file or URL that FFmpeg opens, or "test" for the virtual classroom.
# Y: an ALSA device such as "default", "meter" (level and tone on the robot's page) or "none".
# --lan    serve HTTPS to tablets on the same network, with a QR code to scan
# --check  join in headless Chromium, print one line of JSON, stop; exit 0 when everything was seen to work
set -u
cd "$(dirname "$0")" || exit 1
. ./setup.sh

camera=test microphone=test speaker=meter size=1280x720 lan=false port='' check=false
needs_value() { [ $# -ge 2 ] || die "demo.sh: $1 needs a value (try --help)"; }
while [ $# -gt 0 ]; do
  case "$1" in
    --camera) needs_value "$@"; camera="$2"; shift ;;
    --microphone) needs_value "$@"; microphone="$2"; shift ;;
    --speaker) needs_value "$@"; speaker="$2"; shift ;;
    --size) needs_value "$@"; size="$2"; shift ;;
    --port) needs_value "$@"; port="$2"; shift ;;
    --lan) lan=true ;;
    --check) check=true ;;
    --help|-h) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) die "demo.sh: unknown option $1 (try --help)" ;;
  esac
  shift
done
[ "$check" = false ] || size="${AV1RELAY_CHECK_SIZE:-640x360}"
[[ "${port:-8080}" =~ ^[0-9]+$ ]] || die "demo.sh: --port takes a number, not '$port'."

check_tools
install_packages
build_client
build_dotnet AV1Relay.sln solution

# The demo keeps its robot and its certificates between runs; a check starts from nothing and leaves nothing.
state="$ARTIFACTS/demo"
[ "$check" = false ] || state="$(mktemp -d "${TMPDIR:-/tmp}/av1relay-check.XXXXXX")"
mkdir -p "$state"
# The invented authority's term moves on with the calendar: after a week it is made anew, and with it the robot. Keys and certificates stay.
if [ ! -s "$state/sample" ] || [ -n "$(find "$state/sample" -mtime +7)" ]; then
  rm -rf "$state/robot" "$state/robot.name" "$state"/relay/relay.db* "$state/relay/audit.heads"
  "$RELAY" seed --data "$state/relay" >"$state/sample.draft" || die "The invented schools could not be made."
  mv "$state/sample.draft" "$state/sample"
fi
children=()
cleanup() {
  trap - EXIT INT TERM
  local pid waited=0
  for pid in "${children[@]}"; do kill -TERM "$pid" 2>/dev/null; done
  while [ "$waited" -lt 50 ]; do
    local alive=false
    for pid in "${children[@]}"; do kill -0 "$pid" 2>/dev/null && alive=true; done
    [ "$alive" = true ] || break
    waited=$((waited + 1)); sleep 0.1
  done
  for pid in "${children[@]}"; do kill -KILL "$pid" 2>/dev/null; done
  wait 2>/dev/null
  [ "$check" = false ] || rm -rf "$state"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

free_port() { # a TCP port that nobody listens on, from $1 upward
  local candidate="$1"
  while (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null; do candidate=$((candidate + 1)); done
  echo "$candidate"
}

if [ "$check" = true ]; then
  # Many checks may run at once: start each somewhere else.
  base=$((20000 + RANDOM % 6000)); http_port="$(free_port "$base")"
  robot_port="$(free_port $((http_port + 1)))"; media_port=$((27000 + RANDOM % 5000)); shards=1
else
  http_port="${port:-8080}"; robot_port=$((http_port + 363)); media_port=20000; shards=1
  if [ "$(free_port "$http_port")" != "$http_port" ]; then
    die "Port $http_port is in use. Stop what uses it, or choose another: ./demo.sh --port $((http_port + 1))"
  fi
fi

address=127.0.0.1
local_url="http://127.0.0.1:$http_port" urls="http://127.0.0.1:$http_port"
if [ "$lan" = true ]; then
  address="$(ip -4 -o addr show scope global 2>/dev/null | awk '{split($4, a, "/"); print a[1]; exit}')"
  [ -n "$address" ] || address="$(hostname -I 2>/dev/null | awk '{print $1}')"
  [ -n "$address" ] || die "--lan: this machine has no address on a network. Connect it to one first."
  # Browsers give the microphone only to pages that come by HTTPS (or from this very machine).
  lan_url="https://$address:$((http_port + 1))"
  urls="$lan_url;$local_url"
fi
robot_urls="https://127.0.0.1:$robot_port"

start() { # name command…
  local name="$1"; shift
  "$@" >"$state/$name.log" 2>&1 </dev/null &
  children+=($!)
}
wait_for_line() { # name pattern seconds: prints what the pattern's group matched
  local name="$1" pattern="$2" deadline=$((SECONDS + $3)) found
  while true; do
    found="$(sed -nE "s#.*$pattern.*#\\1#p" "$state/$name.log" 2>/dev/null | head -n 1)"
    [ -z "$found" ] || { printf '%s\n' "$found"; return 0; }
    if [ "$SECONDS" -ge "$deadline" ]; then
      say "The $name did not start. The end of what it said:"; tail -n 20 "$state/$name.log" >&2
      return 1
    fi
    sleep 0.1
  done
}

start relay "$RELAY" serve --data "$state/relay" --urls "$urls" --robot-urls "$robot_urls" \
  --media-address "$address" --media-port "$media_port" --shards "$shards" --pages "$AV1RELAY_ROOT/student-client/dist"
wait_for_line relay '(Relay ready)' 20 >/dev/null || exit 1

enrol() {
  local code enrolled
  code="$("$RELAY" enroll-code --data "$state/relay")" || die "The relay gave no enrolment code."
  enrolled="$("$ROBOT" enroll --relay "$local_url" --code "$code" --state "$state/robot")" || die "The robot could not be enrolled."
  sed -nE 's/.*[Ee]nrolled as ([^ .]+).*/\1/p' <<<"$enrolled" >"$state/robot.name"
  [ -s "$state/robot.name" ] || die "The robot was enrolled, but did not say its name: $enrolled"
}
# A robot's certificate lives 30 days. One that has not run for longer than a week is enrolled anew.
if [ ! -s "$state/robot.name" ] || [ -n "$(find "$state/robot.name" -mtime +7)" ]; then
  rm -rf "$state/robot"
  enrol
else
  touch "$state/robot.name"
fi
robot_name="$(cat "$state/robot.name")"
start robot "$ROBOT" run --relay "$local_url" --state "$state/robot" --simulate --camera "$camera" --microphone "$microphone" \
  --speaker "$speaker" --size "$size" --page 127.0.0.1:0
robot_page="$(wait_for_line robot 'Robot page: (http[^ ]*)' 20)" || exit 1
wait_for_line robot '(Link to the relay is up|Linked)' 20 >/dev/null || exit 1
link="$("$RELAY" lesson --data "$state/relay" --robot "$robot_name")" || die "The relay gave no lesson."

if [ "$check" = true ]; then
  "$DEMO_CHECK" "$link" "$robot_page"
  exit $?
fi

sendco="$("$RELAY" people --data "$state/relay" --json | tr '{' '\n' | grep -m1 '"role":"Sendco"' | sed -nE 's/.*"id":"([^"]+)".*/\1/p')"
staff_link="$("$RELAY" invite --data "$state/relay" --person "$sendco" --email sendco@school.example)" || die "The relay gave no invitation."

cat <<TEXT

The lesson has begun: it is on the calendar of Ashgrove Secondary School, at a step of an invented pupil's plan.

  Pupil's link    $link
                  good for one tap; for another, and for the next lesson once this one is over:
                  $RELAY lesson --data $state/relay --robot $robot_name
  Robot's page    $robot_page
                  what the class sees: head, lights, how loud the pupil is
  Staff's pages   $staff_link
                  as the SENDCo of that school: plans, reviews, calendar, and this lesson

Try: drag the picture or press the arrow keys to turn the head · raise a hand and look at the robot's page ·
switch the microphone on and speak · press "I need a minute" · leave, and see the robot go dark.
TEXT
if [ "$lan" = true ]; then
  cat <<TEXT

On a tablet in the same network, first trust this relay once: open $lan_url/ca.crt there and install it as a certificate authority
(iPad: Settings, Profile Downloaded, then General, About, Certificate Trust Settings; Android: Settings, Security, Install a
certificate, CA certificate). Then scan:

TEXT
  "$RELAY" lesson --data "$state/relay" --robot "$robot_name" --qr
fi
echo
echo "Ctrl-C ends everything."

# Ends with the first child that ends, which it should not.
wait -n "${children[@]}"
for name in relay robot; do say "── the end of the $name's log:"; tail -n 20 "$state/$name.log" >&2; done
die "A part of the demo stopped by itself: see above."
