package dev.freshpyc.core.observe;

/** The place of a bytecode file, which decides which interpreter looks for the file. */
public enum Placement {
    /**
     * The first place that the tag's interpreter looks at: {@code __pycache__}, or the matching directory under a cache
     * prefix.
     */
    CACHE,
    /** In {@code __pycache__} while a cache prefix is in force: no interpreter looks there. */
    BYPASSED,
    /** In {@code __pycache__} or under the prefix with a name that has no tag. */
    UNTAGGED,
    /** {@code foo.pyc} where {@code foo.py} would be. */
    LEGACY
}
