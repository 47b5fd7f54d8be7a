package dev.freshpyc.core.pyc;

import org.jspecify.annotations.Nullable;

/** One feature release of one implementation, such as CPython 3.11: what a cache tag and a magic number stand for. */
public record PythonVersion(Implementation implementation, int major, int minor) implements Comparable<PythonVersion> {

    /** The implementations whose bytecode files are told apart. */
    public enum Implementation {
        CPYTHON,
        PYPY,
        GRAALPY
    }

    public static PythonVersion cpython(int major, int minor) {
        return new PythonVersion(Implementation.CPYTHON, major, minor);
    }

    public static PythonVersion pypy(int major, int minor) {
        return new PythonVersion(Implementation.PYPY, major, minor);
    }

    public static PythonVersion graalpy(int major, int minor) {
        return new PythonVersion(Implementation.GRAALPY, major, minor);
    }

    boolean isGraalpy() {
        return implementation == Implementation.GRAALPY;
    }

    /** Whether the language version is {@code major.minor} or later, whatever the implementation. */
    public boolean atLeast(int major, int minor) {
        return this.major > major || (this.major == major && this.minor >= minor);
    }

    /** Written out, because the JVM generates the method of a record anew at each start, which takes milliseconds. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PythonVersion that
                && implementation == that.implementation
                && major == that.major
                && minor == that.minor;
    }

    @Override
    public int hashCode() {
        return (implementation.hashCode() * 31 + major) * 31 + minor;
    }

    /** Such as {@code CPython 3.11}. */
    @Override
    public String toString() {
        String name = switch (implementation) {
            case CPYTHON -> "CPython";
            case PYPY -> "PyPy";
            case GRAALPY -> "GraalPy";
        };
        return name + " " + major + "." + minor;
    }

    @Override
    public int compareTo(PythonVersion other) {
        int byMajor = Integer.compare(major, other.major);
        return byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
    }
}
