package dev.freshpyc.indexer.fs;

import java.util.Locale;
import java.util.Set;

/**
 * Whether equal stamps mean equal content on a file system. Stamps are stable where a file keeps its inode number, and every
 * change of its content changes its ctime. Stamps are not stable on:
 *
 * <ul>
 *   <li>images (squashfs, erofs ...): another image mounted in the same place may have the same inode numbers and times;
 *   <li>overlays: a file gets another inode number when it is copied up, and the lower layers may be replaced;
 *   <li>network file systems: server and clients have different clocks and attribute caches;
 *   <li>FUSE: a program chooses inode numbers and times;
 *   <li>FAT: files have no inode numbers, so the kernel assigns numbers when it reads a directory.
 * </ul>
 *
 * @param fileSystem the type, as {@code /proc/filesystems} names it
 * @param isStable whether inode and ctime identify content; true for unknown types
 */
public record StampStability(String fileSystem, boolean isStable) {

    /** The stability of a file system whose type the system does not report. */
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

    /** The stability of a file system type, as {@code /proc/mounts} or {@link java.nio.file.FileStore#type()} names it. */
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
