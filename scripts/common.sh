#!/usr/bin/env bash
# Functions that several scripts share: options, installing packages, configuring and building, setting up Terraform and the
# emulator, and counting tests. Source this file; it sets `root` to the repository's directory. Requires Debian 12, and root or
# sudo to install packages.
# shellcheck disable=SC2034 # The scripts that source this file use its variables.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# --- Options.

# Prints the comment at the head of the script that was started.
usage() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; }

# unknown_option ARGUMENT OPTIONS: stops because of an argument that is none of the script's options.
unknown_option() {
  case $1 in
    -*) stop "Unknown option \"$1\". Options: $2." ;;
    *) stop "Unexpected argument \"$1\". Options: $2." ;;
  esac
}

# no_options [ARGUMENT ...]: reads the arguments of a script that has no option but --help.
no_options() {
  [ $# -gt 0 ] || return 0
  case $1 in
    --help | -h) usage; exit 0 ;;
    *) unknown_option "$1" --help ;;
  esac
}

# --- Packages.

packages=(
  ca-certificates ccache cmake g++ git make ninja-build pkg-config
  catch2 libcli11-dev libcpp-httplib-dev libcurl4-openssl-dev libgrpc++-dev libinih-dev libprotobuf-dev libre2-dev libssl-dev
  nlohmann-json3-dev protobuf-compiler protobuf-compiler-grpc
)
# Required by the tests.
test_packages=(gnupg jq nghttp2-server postgresql zip)
# Only for the release preset, which builds libcurl from the distribution's source package.
release_packages=(dpkg-dev libnghttp2-dev)
# Only for .ci/run.
check_packages=(clang-format-19 clang-tidy-19 python3 shellcheck)

# install_packages PACKAGE ...: installs the packages that are missing. Prints nothing if none is missing.
install_packages() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || stop "These packages are missing, and apt-get is not available to install them: ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || stop "Packages are missing (${missing[*]}). Run this as root, or install sudo."
    as_root=(sudo)
  fi
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# --- Building.

# build_folder PRESET: prints the build directory of a preset in CMakePresets.json.
build_folder() {
  case $1 in
    default | ci) echo "$root/build" ;;
    asan | tsan | release) echo "$root/build/$1" ;;
    *) stop "Unknown preset \"$1\". Presets: default, ci, asan, tsan, release." ;;
  esac
}

# build PRESET [TARGET ...]: configures the preset if necessary, and builds. Shows the progress, prints the output of the
# first step that fails, and writes all output to build.log in the preset's directory. ccache is set up to reuse what was
# compiled in other clones of the repository.
build() {
  local preset=$1 folder log
  shift
  folder=$(build_folder "$preset")
  log=$folder/build.log
  export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$root} CCACHE_NOHASHDIR=${CCACHE_NOHASHDIR:-1}
  mkdir -p "$folder"
  is_configured "$preset" "$folder" || configure "$preset" "$log"
  if [ "$(ninja -C "$folder" -n "$@" 2>/dev/null | tail -n 1)" != "ninja: no work to do." ]; then
    say "Building ($preset); the first build takes some minutes"
  fi
  ninja -C "$folder" "$@" 2>&1 | tee "$log" | show_progress || {
    failure_in "$log" >&2 || true
    stop "The build failed. Its output is in $log."
  }
}

# is_configured PRESET DIR: false if the directory was copied or moved, because it would still build the original tree. A
# directory that is configured for the ci preset also serves the default preset.
is_configured() {
  local cache=$2/CMakeCache.txt
  [ -f "$2/build.ninja" ] && grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache" || return 1
  [ "$1" != ci ] || grep -qxF "IMAGE_WERROR:BOOL=ON" "$cache"
}

# configure PRESET LOG: IMAGE_CMAKE_OPTIONS may contain further options for cmake, separated by spaces.
configure() {
  local options
  read -ra options <<<"${IMAGE_CMAKE_OPTIONS:-}"
  say "Configuring the $1 build"
  # This step of it takes long.
  if [ "$1" = release ] && ! [ "$(build_folder release)/libcurl/lib/libcurl.a" -nt "$root/scripts/libcurl" ]; then
    say "Building libcurl, which may take some minutes"
  fi
  cmake --fresh -S "$root" --preset "$1" "${options[@]}" 2>&1 | tee "$2" | show_progress ||
    { cat "$2" >&2; stop "Configuring the build failed."; }
}

# failure_in LOG: prints the part of ninja's output about the first step that failed.
failure_in() {
  sed -n '/^FAILED: /,$p; /^ninja: error: /p' "$1" | grep -vE '^\[[0-9]+/[0-9]+\] ' | head -n 300
}

# Reads ninja's output, or other lines that begin with [n/m], and shows the progress: on a terminal in one line that is
# overwritten, otherwise in a line for every tenth of the work and every 30 seconds.
show_progress() {
  local line status counts='' tenth='' last_tenth='' last_time=$SECONDS
  while status=0; read -rt 30 line || status=$?; [ "$status" != 1 ]; do
    if [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then
      counts=${BASH_REMATCH[0]}
      tenth=$((10 * BASH_REMATCH[1] / (BASH_REMATCH[2] + (BASH_REMATCH[2] == 0))))
    fi
    [ -n "$counts" ] || continue
    if [ -t 2 ]; then
      printf '\r%s\e[K' "$counts" >&2
    elif [ "$tenth" != "$last_tenth" ] || [ $((SECONDS - last_time)) -ge 30 ]; then
      say "$counts"
      last_tenth=$tenth last_time=$SECONDS
    fi
  done
  [ -z "$counts" ] || ! [ -t 2 ] || say
}

# --- Terraform and the emulator.

# Sets `terraform` to the program to use.
find_terraform() {
  terraform=$(command -v terraform || command -v tofu) ||
    stop "Neither terraform nor tofu is on PATH. Install Terraform 1.0.3 or later (https://developer.hashicorp.com/terraform/install) or OpenTofu, and try again."
}

# The default registry hosts of Terraform and OpenTofu.
registries=(registry.terraform.io registry.opentofu.org)

# mirror_provider DIR PROGRAM [ROOT]: creates a filesystem mirror with the provider in DIR/mirror, and writes
# DIR/terraform.rc, a CLI configuration that uses only this mirror. For a Terraform that runs in another root directory, ROOT is
# that directory, which contains DIR and PROGRAM.
mirror_provider() {
  local folder=$1 program=$2 root_directory=${3:-} version registry target
  version=$("$program" --version | cut -d' ' -f2)
  for registry in "${registries[@]}"; do
    target=$folder/mirror/$registry/imagecopy/image/$version/linux_$(dpkg --print-architecture)
    mkdir -p "$target"
    ln -s "${program#"$root_directory"}" "$target/terraform-provider-image_v$version"
  done
  printf 'provider_installation {\n  filesystem_mirror {\n    path = "%s/mirror"\n  }\n}\n' "${folder#"$root_directory"}" \
    >"$folder/terraform.rc"
}

# start_emulator DIR SEED: sets `emulator` to its URL, and `emulator_pid`. The caller must end the process.
start_emulator() {
  local folder=$1 seed=$2
  "$root/build/bin/image-cloud-emulator" --listen 127.0.0.1:0 --ready-file "$folder/emulator.url" --seed "$seed" \
    >"$folder/emulator.log" 2>&1 &
  emulator_pid=$!
  until [ -s "$folder/emulator.url" ]; do
    kill -0 "$emulator_pid" 2>/dev/null || { cat "$folder/emulator.log" >&2; stop "The emulator did not start."; }
    read -rt 0.05 <> <(:) || true
  done
  emulator=$(cat "$folder/emulator.url")
}

# save_requests NAME: writes the requests that the emulator received to NAME.json in the directory IMAGE_TEST_REQUESTS (an
# absolute path), for tests/requests/compare. Does nothing if the variable is not set.
save_requests() {
  [ -n "${IMAGE_TEST_REQUESTS:-}" ] || return 0
  [[ $IMAGE_TEST_REQUESTS = /* ]] || stop "IMAGE_TEST_REQUESTS must be an absolute path."
  mkdir -p "$IMAGE_TEST_REQUESTS"
  curl -fsS --max-time 60 --output "$IMAGE_TEST_REQUESTS/$1.json" "$emulator/_emulator/requests"
}

# stop_children_of PID: ends the running descendants of a process, such as Terraform or the emulator, children before their
# parents.
stop_children_of() {
  local children child
  read -ra children < <(cat "/proc/$1/task/"*/children 2>/dev/null) || true
  for child in "${children[@]}"; do
    stop_children_of "$child"
    kill "$child" 2>/dev/null || true
  done
}

# --- Counting tests.

# test_counts REPORT: prints the numbers of passed, failed and skipped tests in ctest's report, or one failure if there is
# no report.
test_counts() {
  local report=$1 total failed skipped
  [ -s "$report" ] || { echo 0 1 0; return; }
  count() { grep -o -m 1 "$1=\"[0-9]*\"" "$report" | head -n 1 | tr -dc 0-9; }
  total=$(count tests) failed=$(count failures) skipped=$(($(count skipped) + $(count disabled)))
  echo $((total - failed - skipped)) "$failed" "$skipped"
}

# print_counts PASSED FAILED SKIPPED: prints the last line of a test run; false if any test failed.
print_counts() {
  local line="$1 passed, $2 failed"
  [ "$3" = 0 ] || line="$line, $3 skipped"
  echo "$line"
  [ "$2" = 0 ]
}
