package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.pyc.PythonVersion.Implementation;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The modules of the standard library that every CPython since 3.11 has frozen into its program. They answer where no interpreter
 * can be asked, such as for a tree under another root. An interpreter that is asked answers for itself, and knows its option {@code
 * -X frozen_modules=off}.
 */
public final class FrozenModules {

    /** Relative to the standard library, without suffix. */
    public static final List<RawPath> NAMES = Stream.of(
                    "__hello__",
                    "__phello__/__init__",
                    "__phello__/ham/__init__",
                    "__phello__/ham/eggs",
                    "__phello__/spam",
                    "_collections_abc",
                    "_sitebuiltins",
                    "abc",
                    "codecs",
                    "genericpath",
                    "importlib/_bootstrap",
                    "importlib/_bootstrap_external",
                    "importlib/machinery",
                    "importlib/util",
                    "io",
                    "ntpath",
                    "os",
                    "posixpath",
                    "runpy",
                    "site",
                    "stat",
                    "zipimport")
            .map(RawPath::of)
            .toList();

    /** The first release that has all of them. */
    static final PythonVersion FIRST = PythonVersion.cpython(3, 11);

    private static final RawPath IMPORT_SYSTEM = RawPath.of("importlib/_bootstrap_external.py");

    private FrozenModules() {}

    static boolean isIn(PythonVersion version) {
        return version.implementation() == Implementation.CPYTHON && version.atLeast(FIRST.major(), FIRST.minor());
    }

    /**
     * Whether a directory is a standard library: no other directory holds the import system.
     *
     * @param files whether a path leads to a regular file in the system that the directory is in
     */
    static boolean liesIn(RawPath directory, Predicate<RawPath> files) {
        return files.test(directory.resolve(IMPORT_SYSTEM));
    }
}
