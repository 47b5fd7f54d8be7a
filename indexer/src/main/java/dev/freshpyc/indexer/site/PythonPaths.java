package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.RawPath;
import java.util.Arrays;
import java.util.Comparator;

/** Functions of Python's {@code posixpath}, and Python's order of names. */
final class PythonPaths {

    /** Sorts names as Python sorts them: by code points of the text. */
    static final Comparator<RawPath> BY_CODE_POINTS =
            Comparator.comparing(name -> name.toPython().codePoints().toArray(), Arrays::compare);

    private static final RawPath ROOT = RawPath.of("/");

    private PythonPaths() {}

    /** {@code os.path.abspath(os.path.join(directory, name))}. */
    static RawPath join(RawPath directory, RawPath name) {
        return normal(name.isAbsolute() ? name : directory.resolve(name)); // an empty name is the directory itself
    }

    /** {@code os.path.abspath}: exactly two slashes at the beginning stay (POSIX). */
    static RawPath normal(RawPath path) {
        RawPath absolute = path.absolute();
        byte[] bytes = absolute.toBytes();
        boolean two = bytes.length > 1 && bytes[1] == '/' && (bytes.length == 2 || bytes[2] != '/');
        RawPath normal = absolute.normalized();
        if (!two) {
            return normal;
        }
        byte[] rest = normal.toBytes();
        byte[] doubled = new byte[rest.length + 1];
        doubled[0] = '/';
        System.arraycopy(rest, 0, doubled, 1, rest.length);
        return normal.equals(ROOT) ? RawPath.of("//") : RawPath.of(doubled, 0, doubled.length);
    }
}
