package dev.freshpyc.indexer.archive;

import dev.freshpyc.core.pyc.PythonVersion;

/**
 * How one version's zipimport reads archives.
 *
 * @param comments whether it finds an archive that ends with a comment: 3.8 and later
 * @param zip64 whether it reads zip64 records and counts the members: 3.13 and later
 * @param impliesDirectories whether a directory without an entry of its own is a namespace package: 3.14 and later
 * @param zstd whether it unpacks zstd, and looks at the method at all: 3.15 and later
 */
public record ZipRules(boolean comments, boolean zip64, boolean impliesDirectories, boolean zstd) {

    /** The rules of the newest version, which finds the most. */
    public static final ZipRules NEWEST = new ZipRules(true, true, true, true);

    /** The rules of 3.8 to 3.12, which find what later versions refuse. */
    public static final ZipRules BEFORE_ZIP64 = new ZipRules(true, false, false, false);

    public static ZipRules of(PythonVersion version) {
        return new ZipRules(
                version.atLeast(3, 8), version.atLeast(3, 13), version.atLeast(3, 14), version.atLeast(3, 15));
    }
}
