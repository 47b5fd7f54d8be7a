package dev.freshpyc.core.record;

import dev.freshpyc.core.pyc.SourceHash;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about a bytecode file by reading all of it or of its source. It is true of these contents under one
 * magic, whatever becomes of their times, so nobody has to find it out twice.
 *
 * @param whole whether the body was walked to its end and has one; false also where nobody looked
 * @param sourceHash of the source's recorded content, keyed with the magic of the recorded header; null where not known
 */
public record ContentFacts(boolean whole, @Nullable SourceHash sourceHash) {

    public static final ContentFacts NOTHING = new ContentFacts(false, null);

    /** What is true still when only some of it is the same under the same magic. */
    public ContentFacts ofSame(boolean body, boolean content) {
        return new ContentFacts(whole && body, content ? sourceHash : null);
    }

    /** The same, and that the body is whole. */
    public ContentFacts withWhole() {
        return new ContentFacts(true, sourceHash);
    }

    /** The same, and the source's hash. */
    public ContentFacts withHash(SourceHash hash) {
        return new ContentFacts(whole, hash);
    }
}
