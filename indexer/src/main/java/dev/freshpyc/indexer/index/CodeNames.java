package dev.freshpyc.indexer.index;

import dev.freshpyc.core.marshal.FileNameFinder;
import dev.freshpyc.core.marshal.MarshalDialect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.scan.Sighting;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether the code in a pyc names another source than the source of the pyc. Code holds the path that its source
 * had during compilation ({@code co_filename}). A {@code __pycache__} that was moved or copied to another source still
 * names the first source.
 *
 * <p>The path in the code may be shorter than the path of the source: a tree may be compiled under a relative path, or
 * in a directory that stands for its root. So the code names the source if the source's path ends with the path in the
 * code. Not thread-safe.
 */
final class CodeNames {

    /** The longest file that is searched for the path; the code of a longer file is walked at once. */
    private static final int LONGEST = 1 << 20;

    /** The bits of an object's type in marshal; the highest bit marks an object that a later object may refer to. */
    private static final int TYPE = 0x7f;

    private static final RawPath HERE = RawPath.of(".");

    private final FileNameFinder finder = new FileNameFinder();
    private byte[] bytes = new byte[1 << 14];

    /** Whether the code of the last file may have named the whole path of its source. The next file is likely to be alike. */
    private boolean wholePaths = true;

    private RawPath parent = RawPath.EMPTY;
    private RawPath realParent = RawPath.EMPTY;

    /**
     * Whether the code names another source. False for code that names none, and where the format of the body is unknown; true
     * where the pyc cannot be read any more.
     */
    boolean isOfAnotherSource(Sighting sighting, Magic magic, HeaderLayout layout) {
        RawPath source =
                sighting.entry().path().absolute().resolve(sighting.sourceKey().orElseThrow());
        if (!(sighting.openPyc() instanceof FileContents.Opening.Open(FileContents pyc))) {
            return true;
        }
        try (pyc) {
            if (wholePaths && hasString(pyc, layout.length(), source.toBytes())) {
                return false;
            }
            Optional<MarshalDialect> dialect = MarshalDialect.of(sighting.tag(), magic);
            Optional<RawPath> found =
                    dialect.isEmpty() ? Optional.empty() : finder.find(pyc, layout.length(), dialect.get());
            Optional<RawPath> name = found.map(text -> isPython2(dialect) ? text : text.fromMarshalled());
            wholePaths = name.isEmpty() || name.get().equals(source);
            return name.filter(path -> !names(path, source)).isPresent();
        } catch (IOException unreadable) {
            return true;
        }
    }

    private static boolean isPython2(Optional<MarshalDialect> dialect) {
        return dialect.filter(MarshalDialect.CPYTHON_2_7::equals).isPresent();
    }

    /** Whether a body has a string with exactly these bytes. This search is faster than a walk through the code. */
    private boolean hasString(FileContents pyc, int from, byte[] wanted) throws IOException {
        if (pyc.size() > LONGEST) {
            return false;
        }
        int length = (int) pyc.size();
        bytes = length > bytes.length ? new byte[Math.min(LONGEST, 2 * length)] : bytes;
        if (!pyc.readFully(0, bytes, length)) {
            return false;
        }
        byte first = wanted[0];
        for (int at = from + 2; at + wanted.length <= length; at++) {
            if (bytes[at] == first
                    && isLengthOf(wanted, at)
                    && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the bytes before {@code at} are the length of the string: one byte, or four bytes with the lowest first.
     */
    private boolean isLengthOf(byte[] string, int at) {
        int type = bytes[at - 2] & TYPE;
        boolean isShort = (type == 'z' || type == 'Z') && Byte.toUnsignedInt(bytes[at - 1]) == string.length;
        return isShort
                || (bytes[at - 1] == 0
                        && bytes[at - 2] == 0
                        && bytes[at - 3] == (byte) (string.length >> 8)
                        && bytes[at - 4] == (byte) string.length);
    }

    /**
     * Whether a name may be that of the source. A name that is no path, such as {@code <string>}, fits every source.
     */
    private boolean names(RawPath name, RawPath source) {
        byte[] text = name.toBytes();
        return text.length == 0
                || text[0] == '<'
                || isEndOf(name, source)
                || isEndOf(name, real(source.parent()).resolve(source.name()));
    }

    private static boolean isEndOf(RawPath name, RawPath path) {
        List<RawPath> end =
                name.names().stream().filter(part -> !part.equals(HERE)).toList();
        List<RawPath> whole = path.names();
        int rest = whole.size() - end.size();
        return rest >= 0 && whole.subList(rest, whole.size()).equals(end);
    }

    /** The path of a directory without links; the system is asked once for all files of a directory. */
    private RawPath real(RawPath directory) {
        if (!directory.equals(parent)) {
            realParent = CanonicalPath.of(directory);
            parent = directory;
        }
        return realParent;
    }
}
