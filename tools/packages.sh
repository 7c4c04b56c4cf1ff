# Sourced by ./run, ./check and tools/screenshots: what Debian 12 needs, and how it comes in.

build_packages='meson ninja-build gcc libc6-dev pkg-config libgtk-4-dev libadwaita-1-dev libopenblas-dev
  libpng-dev libjpeg-dev libgif-dev libtiff-dev libarchive-dev libjson-glib-dev libgsl-dev libmpfr-dev libgmp-dev
  librsvg2-common webp-pixbuf-loader'
window_test_packages='xvfb xdotool at-spi2-core python3-pyatspi dbus-daemon imagemagick'
check_packages="$build_packages $window_test_packages desktop-file-utils appstream python3-mpmath parallel
  mandoc zsh fish"
welcome_packages='fonts-cantarell' # come along when others are installed, but nothing waits for them

# install_missing PACKAGE...: as root or with a sudo that asks nothing; otherwise one sentence says what to do.
install_missing () {
  command -v dpkg-query > /dev/null || return 0 # not Debian: meson names what it does not find
  installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2> /dev/null | sed -n 's/ installed$//p')
  missing=$(printf '%s\n' "$@" | grep -vxF "${installed:-none}" | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  as_root='sudo -n'
  [ "$(id -u)" -ne 0 ] || as_root=
  if ! $as_root true 2> /dev/null; then
    echo "limen: packages are missing that only root may install: run 'apt-get install ${missing% }' as root first." >&2
    return 1
  fi
  $as_root apt-get update && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $missing $welcome_packages
}

# quietly COMMAND...: its output is shown, on standard error, only when it fails.
quietly () {
  noise=$(mktemp) || return 1
  "$@" > "$noise" 2>&1 < /dev/null
  status=$?
  [ "$status" -eq 0 ] || cat "$noise" >&2
  rm -f "$noise"
  return "$status"
}
