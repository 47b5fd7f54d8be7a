package dev.freshpyc.core.verdict;

import dev.freshpyc.core.file.Errno;
import org.jspecify.annotations.Nullable;

/**
 * The reason for a verdict.
 *
 * @param label the word in reports: part of the output's contract
 */
public record Reason(String label) {

    /** Header and source agree. */
    public static final Reason MATCH = new Reason("match");
    /** Header and source agree, but the source's mtime is so recent that a later edit could leave the mtime unchanged. */
    public static final Reason RACY = new Reason("racy");

    public static final Reason MTIME = new Reason("mtime");
    public static final Reason SIZE = new Reason("size");
    public static final Reason HASH = new Reason("hash");
    /** The source's content differs from the content that the bytecode was compiled from. */
    public static final Reason CONTENT = new Reason("content");
    /** The bytecode has other code than its interpreter compiles from the source. */
    public static final Reason CODE = new Reason("code");
    /** The bytecode could not be verified: none of the known interpreters could have written it. */
    public static final Reason NO_INTERPRETER = new Reason("no-interpreter");
    /** The bytecode could not be verified: its interpreter does not compile the source. */
    public static final Reason DOES_NOT_COMPILE = new Reason("does-not-compile");
    /** The bytecode could not be verified: its body has no code that can be compared. */
    public static final Reason INCOMPARABLE = new Reason("incomparable");

    /** The hash was not compared, and the interpreter does not compare the hash either. */
    public static final Reason UNCOMPARED_HASH = new Reason("uncompared-hash");
    /** The interpreter uses a hash function that is unknown here. */
    public static final Reason UNKNOWN_HASH = new Reason("unknown-hash");

    public static final Reason MAGIC = new Reason("magic");
    public static final Reason FLAGS = new Reason("flags");
    public static final Reason SHORT_HEADER = new Reason("short-header");

    public static final Reason EMPTY_BODY = new Reason("empty-body");
    public static final Reason NOT_CODE = new Reason("not-code");
    public static final Reason TRUNCATED_BODY = new Reason("truncated-body");
    public static final Reason CORRUPT_BODY = new Reason("corrupt-body");
    /** The body could not be walked. In a fresh file: the header matches, and the interpreter's marshal format is unknown. */
    public static final Reason UNWALKED_BODY = new Reason("unwalked-body");

    /** The name is that of a symbolic link whose target is absent. */
    public static final Reason DANGLING_LINK = new Reason("dangling-link");
    /** The name is that of a symbolic link that leads back to itself. */
    public static final Reason LOOPING_LINK = new Reason("looping-link");
    /** The name is that of a symbolic link that leads to a directory. */
    public static final Reason DIRECTORY_LINK = new Reason("directory-link");

    public static final Reason NO_SOURCE = new Reason("no-source");
    public static final Reason NO_TAG = new Reason("no-tag");
    /** A tool wrote the file for itself, under a tag or a level of its own. */
    public static final Reason OTHER_TOOL = new Reason("other-tool");
    /** No interpreter asks for a file of this name. */
    public static final Reason UNREQUESTED_NAME = new Reason("unrequested-name");

    public static final Reason SOURCE_BESIDE = new Reason("source-beside");
    /** The import finds a package directory of the same name first. */
    public static final Reason PACKAGE_BESIDE = new Reason("package-beside");
    /** The import finds an extension module of the same name first. */
    public static final Reason EXTENSION_BESIDE = new Reason("extension-beside");

    /** The import finds a module of the directory's name, and the directory is no package. */
    public static final Reason MODULE_BESIDE = new Reason("module-beside");
    /** The import finds the name in another entry of the path. */
    public static final Reason OTHER_ENTRY = new Reason("other-entry");
    /** The interpreter has the module built in. */
    public static final Reason BUILT_IN = new Reason("built-in");
    /** The interpreter has the module's bytecode frozen into its program. */
    public static final Reason FROZEN = new Reason("frozen");

    /** The member of the archive cannot be unpacked. */
    public static final Reason DAMAGED_MEMBER = new Reason("damaged-member");
    /** The member of the archive is compressed by a method that the interpreter does not unpack. */
    public static final Reason COMPRESSION = new Reason("compression");
    /** A later member of the archive has the same name, and is the one that is imported. */
    public static final Reason DUPLICATE_NAME = new Reason("duplicate-name");
    /** The member of the archive has a name that leads out of it, or that no import can ask for. */
    public static final Reason UNSAFE_NAME = new Reason("unsafe-name");
    /** The member's directory in the archive is no package. */
    public static final Reason NO_PACKAGE = new Reason("no-package");
    /** The file is no archive that the interpreter can read, or one that is cut or damaged. */
    public static final Reason NO_ARCHIVE = new Reason("no-archive");

    public static final Reason CACHE_PREFIX = new Reason("cache-prefix");
    public static final Reason ABSENT = new Reason("absent");

    public static final Reason NOT_A_FILE = new Reason("not-a-file");
    public static final Reason CHANGING = new Reason("changing");

    /** The symbol of an error number, such as {@code EACCES}. */
    public static Reason of(Errno errno) {
        return new Reason(errno.symbol());
    }

    /** Written out, because the method that the JVM generates for a record is slow, and a scan compares reasons for each file. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Reason that && label.equals(that.label));
    }

    @Override
    public int hashCode() {
        return label.hashCode();
    }

    @Override
    public String toString() {
        return label;
    }
}
