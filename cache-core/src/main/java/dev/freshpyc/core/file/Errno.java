package dev.freshpyc.core.file;

/**
 * An error number of Linux ({@code errno(3)}). A value rather than an exception, because a scan meets errors and goes on.
 */
public record Errno(int number) {

    public static final Errno EPERM = new Errno(1);
    public static final Errno ENOENT = new Errno(2);
    public static final Errno EIO = new Errno(5);
    public static final Errno EACCES = new Errno(13);
    public static final Errno EINVAL = new Errno(22);
    public static final Errno EEXIST = new Errno(17);
    public static final Errno ENOTDIR = new Errno(20);
    public static final Errno EISDIR = new Errno(21);
    public static final Errno EMFILE = new Errno(24);
    public static final Errno EFBIG = new Errno(27);
    public static final Errno ENOSPC = new Errno(28);
    public static final Errno ENAMETOOLONG = new Errno(36);
    public static final Errno ENOTEMPTY = new Errno(39);
    public static final Errno ELOOP = new Errno(40);
    public static final Errno EBADMSG = new Errno(74);
    public static final Errno EOPNOTSUPP = new Errno(95);
    public static final Errno ESTALE = new Errno(116);

    /** Whether the error says that there is no such file, so that {@code os.path.isfile} answers false. */
    public boolean isAbsence() {
        return number == ENOENT.number || number == ENOTDIR.number || number == ELOOP.number;
    }

    /** The symbol in {@code errno.h}, such as {@code EACCES}. */
    public String symbol() {
        return switch (number) {
            case 1 -> "EPERM";
            case 2 -> "ENOENT";
            case 4 -> "EINTR";
            case 5 -> "EIO";
            case 6 -> "ENXIO";
            case 12 -> "ENOMEM";
            case 13 -> "EACCES";
            case 16 -> "EBUSY";
            case 17 -> "EEXIST";
            case 20 -> "ENOTDIR";
            case 21 -> "EISDIR";
            case 22 -> "EINVAL";
            case 23 -> "ENFILE";
            case 24 -> "EMFILE";
            case 27 -> "EFBIG";
            case 28 -> "ENOSPC";
            case 29 -> "ESPIPE";
            case 30 -> "EROFS";
            case 36 -> "ENAMETOOLONG";
            case 39 -> "ENOTEMPTY";
            case 40 -> "ELOOP";
            case 74 -> "EBADMSG";
            case 75 -> "EOVERFLOW";
            case 95 -> "EOPNOTSUPP";
            case 116 -> "ESTALE";
            case 117 -> "EUCLEAN";
            case 122 -> "EDQUOT";
            default -> "errno-" + number;
        };
    }

    @Override
    public String toString() {
        return symbol();
    }
}
