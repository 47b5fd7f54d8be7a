package dev.freshpyc.core.observe;

/** Where a bytecode file lies, which decides who looks for it there. */
public enum Placement {
    /** Where the interpreter of its tag looks first: {@code __pycache__}, or its place under a cache prefix. */
    CACHE,
    /** In {@code __pycache__} while a cache prefix is in force, so nobody looks there. */
    BYPASSED,
    /** In {@code __pycache__} or under the prefix with a name that has no tag. */
    UNTAGGED,
    /** {@code foo.pyc} where {@code foo.py} would be. */
    LEGACY
}
