package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict;
import java.util.Optional;
import java.util.function.Supplier;

/** Is shown the files that one worker finds. Each worker has its own visitor, so a visitor needs no lock. */
public interface ScanVisitor {

    /**
     * Whether this visitor knows all pycs of a directory by its fingerprint. Called before the pycs are shown; they are not shown when
     * the answer is true.
     *
     * @param fingerprint computes the fingerprint; empty where stamps do not identify content
     */
    default boolean recognizes(PathEntry entry, RawPath directory, Supplier<Optional<Sha256>> fingerprint) {
        return false;
    }

    /** An entry is the same directory as an earlier one; its files are shown for the earlier entry only. */
    default void repeated(PathEntry entry) {}

    /**
     * An archive, or the name of one of its members, has a flaw.
     *
     * @param member relative to the entry; {@link RawPath#EMPTY} for the archive itself
     */
    default void flawed(PathEntry.Archive entry, RawPath member, Verdict verdict) {}

    /** The scanner has found a pyc, or an expected pyc that is absent. */
    void saw(Sighting sighting);

    /** A directory could not be opened or listed; its path is relative to the entry. */
    void refused(PathEntry entry, RawPath directory, Errno errno);

    /** All files of a directory were shown; its path is relative to the entry. */
    void finished(PathEntry entry, RawPath directory);
}
