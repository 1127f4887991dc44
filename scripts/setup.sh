# Sourced by scripts/run and scripts/test: packages, build, models. Safe to repeat.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cmake_options=()

say() { printf '\n== %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else die "packages are missing and this is neither root nor a machine with sudo; as root, run: $*"; fi
}

# Installs what packaging/linux/debian-packages.txt lists and this machine lacks.
install_packages() {
    local wanted missing=()
    wanted=$(grep -v '^#' "$root/packaging/linux/debian-packages.txt")
    for package in $wanted; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing ${#missing[@]} packages"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# build PRESET [TARGET...]
build() {
    local preset=$1
    shift
    say "building ($preset)"
    (cd "$root" && cmake --preset "$preset" ${cmake_options[@]+"${cmake_options[@]}"}) >&2
    cmake --build "$root/build/$preset" --parallel "$(nproc)" ${@:+--target "$@"} >&2
}
