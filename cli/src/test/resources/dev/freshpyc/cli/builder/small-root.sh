#!/bin/bash
# small-root.sh DIR: makes a root directory from files of this system: a shell, a few programs, python3 with its library, pip where it is
# there, and what apt needs to install nothing. It stands in for the base image that a builder would download.
set -eu
root=$1
mkdir -p "$root"/usr/{bin,sbin,lib,lib64} "$root"/{etc,tmp,proc,sys,dev,run,root} "$root"/var/{tmp,lib/dpkg,lib/apt/lists/partial} \
  "$root"/var/cache/apt/archives/partial "$root"/etc/{apt/sources.list.d,dpkg/dpkg.cfg.d,default,kernel/install.d}
for directory in bin sbin lib lib64; do ln -s "usr/$directory" "$root/$directory"; done
python=$(readlink -f /usr/bin/python3)
cp "$python" "$root/usr/bin/"
ln -s "${python##*/}" "$root/usr/bin/python3"
for program in sh bash rm cp ls ln install mkdir env cat dirname readlink uname sed touch; do cp -L "/usr/bin/$program" "$root/usr/bin/"; done
cp -a "/usr/lib/${python##*/}" "$root/usr/lib/"
rm -f "$root/usr/lib/${python##*/}/sitecustomize.py" # a link to a file of this system
if [ -d /usr/lib/python3/dist-packages/pip ]; then
  mkdir -p "$root/usr/lib/python3/dist-packages" "$root/usr/share"
  cp -a /usr/lib/python3/dist-packages/pip "$root/usr/lib/python3/dist-packages/"
  cp -a /usr/share/python-wheels "$root/usr/share/" 2>/dev/null || true
  printf '#!/bin/sh\nexec python3 -m pip "$@"\n' > "$root/usr/bin/pip"
  chmod +x "$root/usr/bin/pip"
fi
find "$root/usr" -type f \( -perm -u+x -o -name '*.so*' \) -exec sh -c 'for file; do ldd "$file" 2>/dev/null || true; done' sh {} + |
  grep -o '/[^ ]*\.so[^ ]*' | sort -u | while read -r library; do
    mkdir -p "$root${library%/*}"
    [ -e "$root$library" ] || cp -L "$library" "$root$library"
  done
# The whole C library, as any base image has it: the program of a later step is not among those above.
libc=$(ldd /usr/bin/ls | grep -o '/[^ ]*/libc\.so\.[0-9]*')
for library in libdl.so.2 libm.so.6 libpthread.so.0 librt.so.1; do
  cp -Ln "${libc%/*}/$library" "$root${libc%/*}/"
done
printf 'ID=debian\nVERSION_ID=12\nVERSION_CODENAME=bookworm\n' > "$root/usr/lib/os-release"
ln -s ../usr/lib/os-release "$root/etc/os-release"
printf 'root:x:0:0::/root:/bin/sh\n' > "$root/etc/passwd"
printf 'root:x:0:\n' > "$root/etc/group"
: > "$root/var/lib/dpkg/status"
