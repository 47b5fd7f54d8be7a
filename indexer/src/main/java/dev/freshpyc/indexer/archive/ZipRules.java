package dev.freshpyc.indexer.archive;

import dev.freshpyc.core.pyc.PythonVersion;

/**
 * How one version's zipimport reads archives.
 *
 * @param comments whether it finds an archive that ends with a comment: 3.8 and later
 * @param zip64 whether it reads zip64 records and counts the members: 3.13 and later
 * @param namespaces whether a directory with an entry of its own is a namespace package: 3.3 and later
 * @param impliesDirectories whether a directory without an entry of its own is a namespace package: 3.14 and later
 * @param zstd whether it unpacks zstd, and looks at the method at all: 3.15 and later
 * @param text whether names are text: 3.0 and later; before, their bytes are compared
 * @param pyo whether it looks for members that end in {@code .pyo}, with {@code -O} and without: before 3.5
 */
public record ZipRules(
        boolean comments,
        boolean zip64,
        boolean namespaces,
        boolean impliesDirectories,
        boolean zstd,
        boolean text,
        boolean pyo) {

    /** The rules of the newest version, which finds the most. */
    public static final ZipRules NEWEST = new ZipRules(true, true, true, true, true, true, false);

    /** The rules of 2.7, the last version that reads {@code .pyo} members in practice. */
    public static final ZipRules OF_PYO = new ZipRules(false, false, false, false, false, false, true);

    /** The rules of 3.8 to 3.12, which find what later versions refuse. */
    public static final ZipRules BEFORE_ZIP64 = new ZipRules(true, false, true, false, false, true, false);

    public static ZipRules of(PythonVersion version) {
        return new ZipRules(
                version.atLeast(3, 8),
                version.atLeast(3, 13),
                version.atLeast(3, 3),
                version.atLeast(3, 14),
                version.atLeast(3, 15),
                version.atLeast(3, 0),
                !version.atLeast(3, 5));
    }
}
