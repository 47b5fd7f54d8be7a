# Packs a tree and unpacks it with real tools: transport.sh WAY TREE TARGET WORK EPOCH. TARGET does not exist.
# Ends with 77 and the name of the program if one is missing.
set -eu
way=$1 tree=$2 target=$3 work=$4 epoch=$5
here=$(dirname "$0")

need() {
  for program; do
    command -v "$program" >/dev/null || { echo "no $program"; exit 77; }
  done
}

quietly() {
  "$@" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
}

unpack_tar() {
  mkdir "$target"
  quietly tar -C "$target" -xf "$work/a.tar"
}

case $way in
zipfile-unzip) # DOS times alone
  need python3 unzip
  python3 "$here/pack.py" zip "$tree" "$work/a.zip"
  quietly unzip -q "$work/a.zip" -d "$target" ;;
zip-unzip) # extra fields with UTC
  need zip unzip
  (cd "$tree" && quietly zip -qr "$work/a.zip" .)
  quietly unzip -q "$work/a.zip" -d "$target" ;;
zip-extractall)
  need zip python3
  (cd "$tree" && quietly zip -qr "$work/a.zip" .)
  python3 "$here/pack.py" extractall "$work/a.zip" "$target" ;;
tar-posix | tar-gnu | tar-ustar)
  need tar
  quietly tar --format="${way#tar-}" -C "$tree" -cf "$work/a.tar" .
  unpack_tar ;;
tarfile-pax | tarfile-gnu | tarfile-ustar)
  need python3
  python3 "$here/pack.py" "${way#tarfile-}" "$tree" "$work/a.tar"
  python3 "$here/pack.py" untar "$work/a.tar" "$target" ;;
docker-layer)
  need python3
  python3 "$here/pack.py" layer "$tree" "$work/a.tar"
  python3 "$here/pack.py" unlayer "$work/a.tar" "$target" ;;
buildah)
  need buildah
  [ "$(id -u)" = 0 ] || { echo "no root"; exit 77; }
  buildah() { command buildah --root "$work/store" --runroot "$work/running" --storage-driver vfs "$@"; }
  container=$(buildah from scratch)
  quietly buildah copy "$container" "$tree" /tree
  quietly buildah commit "$container" localhost/tree
  unpacked=$(buildah from --pull-never localhost/tree)
  cp -a "$(buildah mount "$unpacked")/tree" "$target"
  quietly buildah rm --all ;;
ostree-archive | ostree-bare-user | ostree-bare-user-only)
  need ostree
  quietly ostree init --repo="$work/repo" --mode="${way#ostree-}"
  quietly ostree commit --repo="$work/repo" --branch=b --canonical-permissions "$tree"
  quietly ostree checkout --repo="$work/repo" -U b "$target" ;;
squashfs)
  need mksquashfs unsquashfs
  quietly mksquashfs "$tree" "$work/a.sqfs" -noappend -no-progress
  quietly unsquashfs -no-progress -d "$target" "$work/a.sqfs" ;;
erofs)
  need mkfs.erofs fsck.erofs
  quietly mkfs.erofs "$work/a.erofs" "$tree"
  quietly fsck.erofs --extract="$target" "$work/a.erofs" ;;
dpkg-deb)
  need dpkg-deb
  mkdir -p "$work/deb/DEBIAN"
  cp -a "$tree" "$work/deb/lib"
  printf 'Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x <x@x>\nDescription: x\n' >"$work/deb/DEBIAN/control"
  SOURCE_DATE_EPOCH=$epoch quietly dpkg-deb --root-owner-group -Znone -b "$work/deb" "$work/a.deb"
  quietly dpkg-deb -x "$work/a.deb" "$work/unpacked"
  mv "$work/unpacked/lib" "$target" ;;
tar-clamp)
  need tar
  quietly tar --format=gnu --clamp-mtime --mtime="@$epoch" -C "$tree" -cf "$work/a.tar" .
  unpack_tar ;;
copy)
  cp -r "$tree" "$target" ;;
git)
  need git
  export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
  quietly git init -q "$work/repo"
  cp -a "$tree/." "$work/repo"
  quietly git -C "$work/repo" add -f .
  quietly git -C "$work/repo" -c user.name=x -c user.email=x@x commit -q -m x
  quietly git clone -q "$work/repo" "$target" ;;
*)
  echo "no such way: $way"
  exit 1 ;;
esac
