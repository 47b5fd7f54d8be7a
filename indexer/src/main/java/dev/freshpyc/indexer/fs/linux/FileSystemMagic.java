package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.indexer.fs.StampStability;
import java.util.Map;

/**
 * The names of file systems by the number in {@code f_type} of {@code statfs(2)}. The numbers are constants of {@code
 * linux/magic.h} and of the man page; the numbers of the last group come from the sources of file systems outside the kernel.
 */
final class FileSystemMagic {

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0xEF53, "ext4"), // also ext2 and ext3
            Map.entry(0x58465342, "xfs"),
            Map.entry(0x9123683E, "btrfs"),
            Map.entry(0xF2F52010, "f2fs"),
            Map.entry(0x01021994, "tmpfs"),
            Map.entry(0x858458f6, "ramfs"),
            Map.entry(0x2FC12FC1, "zfs"),
            Map.entry(0xCA451A4E, "bcachefs"),
            Map.entry(0x794C7630, "overlay"),
            Map.entry(0x61756673, "aufs"),
            Map.entry(0x73717368, "squashfs"),
            Map.entry(0xE0F5E1E2, "erofs"),
            Map.entry(0x28CD3D45, "cramfs"),
            Map.entry(0x453DCD28, "cramfs"), // in the other byte order
            Map.entry(0x7275, "romfs"),
            Map.entry(0x9660, "iso9660"),
            Map.entry(0x15013346, "udf"),
            Map.entry(0x4D44, "msdos"), // also vfat
            Map.entry(0x2011BAB0, "exfat"),
            Map.entry(0x65735546, "fuse"), // also fuseblk and virtiofs
            Map.entry(0x6969, "nfs"),
            Map.entry(0x517B, "smbfs"),
            Map.entry(0xFF534D42, "cifs"),
            Map.entry(0xFE534D42, "smb2"),
            Map.entry(0x564C, "ncpfs"),
            Map.entry(0x01021997, "9p"),
            Map.entry(0x00C36400, "ceph"),
            Map.entry(0x5346414F, "afs"), // OpenAFS
            Map.entry(0x6B414653, "afs"), // the kernel's own client
            Map.entry(0x73757245, "coda"),
            Map.entry(0x7461636F, "ocfs2"),
            Map.entry(0x01161970, "gfs2"),
            Map.entry(0x00C0FFEE, "hostfs"),
            Map.entry(0x786F4256, "vboxsf"),
            Map.entry(0x0BD00BD0, "lustre"),
            Map.entry(0x47504653, "gpfs"),
            Map.entry(0x19830326, "beegfs"),
            Map.entry(0xAAD7AAEA, "panfs"),
            Map.entry(0x7C7C6673, "prl_fs"));

    private FileSystemMagic() {}

    static StampStability stabilityOf(int magic) {
        return StampStability.of(NAMES.getOrDefault(magic, "0x" + Integer.toHexString(magic)));
    }
}
