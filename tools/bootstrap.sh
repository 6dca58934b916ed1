#!/bin/sh
# Makes a bare machine ready.
#   bootstrap.sh venv FOLDER             a virtual environment with pip in it
#   bootstrap.sh pango PYTHON            the libraries that set the type in PDFs
#   bootstrap.sh program NAME PACKAGE    a program that some tests compare with
# What Debian and Ubuntu keep in packages of their own is fetched with apt, as root or through sudo.
# Elsewhere, and where we may not, the last words say what to do.
set -eu

main() {
  case "$1" in
    venv) make_venv "$2" ;;
    pango) find_pango "$2" || install_pango "$2" ;;
    program) command -v "$2" >/dev/null || install_program "$2" "$3" ;;
  esac
}

# ------------------------------------------------------------------------ a virtual environment

make_venv() {
  python=$(find_python) || give_up "vsmdsl needs Python 3.11 or later. Set PYTHON=/path/to/python3."
  has_pip "$1" && return
  try_venv "$1" && return
  say "This Python cannot make virtual environments by itself; asking apt for python3-venv."
  apt_install python3-venv && try_venv "$1" && return
  venv_with_foreign_pip "$1" && return
  give_up "No pip for a virtual environment. Please install python3-venv, then try again."
}

find_python() {
  for name in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    echo "$name" && return
  done
  return 1
}

# Without ensurepip this leaves half an environment behind, hence --clear.
try_venv() {
  "$python" -m venv --clear "$1" >/dev/null 2>&1 && has_pip "$1"
}

# Where apt is out of reach, another pip on the machine can put itself into the environment.
venv_with_foreign_pip() {
  "$python" -m venv --clear --without-pip "$1" || return 1
  for pip in "$python -m pip" pip3 pip; do
    $pip --python "$1/bin/python" install --quiet pip 2>/dev/null && has_pip "$1" && return
  done
  return 1
}

has_pip() {
  "$1/bin/python" -m pip --version >/dev/null 2>&1
}

# ------------------------------------------------------------------------------------- Pango

find_pango() {
  "$1" -c 'import ctypes; [ctypes.CDLL(f"libpango{x}-1.0.so.0") for x in ("", "ft2")]' 2>/dev/null ||
    [ "$(uname)" != Linux ] # elsewhere WeasyPrint knows better than we where to look
}

install_pango() {
  say "Installing Pango, which sets the type in PDFs."
  apt_install libpango-1.0-0 libpangoft2-1.0-0 && find_pango "$1" && return
  give_up "No Pango, so no PDFs. Please install libpango-1.0-0 and libpangoft2-1.0-0, then try again."
}

# -------------------------------------------------------------------------------- a program

install_program() {
  say "Installing $2, which some tests compare with."
  apt_install "$2" && command -v "$1" >/dev/null && return
  give_up "No $1: the tests that need it are skipped. The package is called $2."
}

# --------------------------------------------------------------------------------------- apt

# A fresh image has no package lists, and an old one has stale ones: then update and try again.
apt_install() {
  command -v apt-get >/dev/null || return 1
  apt install "$@" 2>/dev/null || { apt update && apt install "$@"; }
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq --yes --no-install-recommends \
    -o DPkg::Lock::Timeout=120 "$@" >/dev/null
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif ! command -v sudo >/dev/null; then
    return 1
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@" # nobody is there to type a password
  fi
}

say() { echo "$@" >&2; }

give_up() {
  say "$@"
  exit 1
}

main "$@"
