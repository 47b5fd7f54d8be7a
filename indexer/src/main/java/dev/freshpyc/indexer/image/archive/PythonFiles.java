package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.image.TarMember;
import dev.freshpyc.core.image.TarMember.MemberType;
import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Which files of an image decide what an interpreter does, or vouch for those. The tree of an image has no others. */
final class PythonFiles {

    /** The largest file that is read to compute {@code sys.path}, and the largest object that may be a source, in bytes. */
    private static final long MAX_SMALL = 4 << 20;

    private static final List<String> CODE = List.of(".py", ".pyc", ".pyo");
    private static final List<String> EXTENSIONS = List.of(".so", ".pyd");
    private static final List<String> PATHS =
            List.of(".pth", ".start", ".egg-link", "._pth", "pyvenv.cfg", "pybuilddir.txt");
    private static final List<String> INTERPRETERS = List.of("python", "pypy", "graalpy");

    /** The files of RPM's database in its three formats, and the log of the first. */
    private static final Set<String> RPM = Set.of("rpmdb.sqlite", "rpmdb.sqlite-wal", "Packages.db", "Packages");

    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** How many first bytes {@link #isDatabase} looks at. */
    static final int DATABASE_HEAD = SQLITE.length;

    private PythonFiles() {}

    /** Whether a member belongs into the tree. */
    static boolean isKept(TarMember member) {
        return switch (member.type()) {
            case DIRECTORY, SYMBOLIC_LINK -> true;
            case REGULAR, HARD_LINK, OTHER -> {
                RawPath name = member.name().name();
                yield ends(name, CODE)
                        || ends(name, EXTENSIONS)
                        || ends(name, PATHS)
                        || isOstreeObject(member.name())
                        || isManifest(member.name())
                        || INTERPRETERS.stream().anyMatch(name.toPython()::startsWith);
            }
        };
    }

    /** Whether the content of a member is read later. */
    static boolean isRead(TarMember member) {
        RawPath name = member.name().name();
        boolean small = ends(name, PATHS) || isOstreeObject(member.name());
        return member.type() == MemberType.REGULAR
                && (ends(name, CODE) || isManifest(member.name()) || (small && member.size() <= MAX_SMALL));
    }

    /** Whether a file has the name of a manifest: a wheel's RECORD, the md5sums of a package of dpkg, or RPM's database. */
    static boolean isManifest(RawPath path) {
        String name = path.name().toPython();
        String directory = path.parent().name().toPython();
        return (name.equals("RECORD") && directory.endsWith(".dist-info"))
                || (name.endsWith(".md5sums") && directory.equals("info"))
                || (RPM.contains(name) && directory.equals("rpm"));
    }

    /** Whether a member is an object of ostree that is too large for a source, and may be RPM's database: its first bytes tell. */
    static boolean mayBeDatabase(TarMember member) {
        return member.type() == MemberType.REGULAR && isOstreeObject(member.name()) && member.size() > MAX_SMALL;
    }

    /** Whether the first bytes of a file are those of a database of SQLite. */
    static boolean isDatabase(byte[] first, int length) {
        return length >= SQLITE.length && Arrays.equals(first, 0, SQLITE.length, SQLITE, 0, SQLITE.length);
    }

    /** In images of ostree, the files of the system are hard links to objects, whose names tell nothing. */
    private static boolean isOstreeObject(RawPath name) {
        return name.endsWith(".file") && name.toPython().contains("ostree/repo/objects/");
    }

    private static boolean ends(RawPath name, List<String> suffixes) {
        for (String suffix : suffixes) {
            if (name.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }
}
