package dev.freshpyc.indexer.fs;

import java.util.Locale;
import java.util.Set;

/**
 * Whether equal stamps mean equal content on a file system. Stamps are stable where a file keeps its inode number, and every
 * change of its content moves its ctime. They are not on:
 *
 * <ul>
 *   <li>images (squashfs, erofs ...): another image in the same place has the same inode numbers and chosen times;
 *   <li>overlays: a file that is copied up gets another inode, and the layers below may be exchanged;
 *   <li>network file systems: server and clients have clocks and attribute caches of their own;
 *   <li>FUSE: a program makes up inode numbers and times;
 *   <li>FAT: there are no inode numbers, so the kernel invents them when it reads a directory.
 * </ul>
 *
 * @param fileSystem the type, as {@code /proc/filesystems} names it
 * @param isStable whether inode and ctime identify content; true for types that nothing is known of
 */
public record StampStability(String fileSystem, boolean isStable) {

    /** The answer where the system does not tell the type of the file system. */
    public static final StampStability UNKNOWN = new StampStability("unknown", true);

    private static final Set<String> IMAGES = Set.of("squashfs", "erofs", "cramfs", "romfs", "iso9660", "udf");
    private static final Set<String> OVERLAYS = Set.of("overlay", "overlayfs", "aufs", "unionfs");
    private static final Set<String> SHARED = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb2",
            "smb3",
            "smbfs",
            "ncpfs",
            "9p",
            "ceph",
            "afs",
            "coda",
            "afpfs",
            "webdav",
            "lustre",
            "gpfs",
            "beegfs",
            "panfs",
            "gfs2",
            "ocfs2",
            "vboxsf",
            "prl_fs",
            "hostfs",
            "virtiofs");
    private static final Set<String> FAT = Set.of("vfat", "msdos", "exfat", "fat", "fat32");

    /** The answer for a type, as {@code /proc/mounts} or {@link java.nio.file.FileStore#type()} names it. */
    public static StampStability of(String type) {
        String name = type.toLowerCase(Locale.ROOT);
        boolean unstable = IMAGES.contains(name)
                || OVERLAYS.contains(name)
                || SHARED.contains(name)
                || FAT.contains(name)
                || name.contains("fuse"); // fuseblk, fuse.sshfs, macfuse
        return new StampStability(name, !unstable);
    }
}
