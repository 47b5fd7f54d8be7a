package dev.freshpyc.core.record;

import dev.freshpyc.core.pyc.SourceHash;
import org.jspecify.annotations.Nullable;

/**
 * Facts about a pyc that took reading a whole file. They hold for these contents under one magic, whatever the times of the
 * files, so no run has to find them again.
 *
 * @param whole whether the body is known to be complete
 * @param sourceHash of the source's recorded content, keyed with the magic of the recorded header; null when unknown
 */
public record ContentFacts(boolean whole, @Nullable SourceHash sourceHash) {

    public static final ContentFacts NOTHING = new ContentFacts(false, null);

    /**
     * The facts that still hold under the same magic.
     *
     * @param body whether the body is the same as before
     * @param content whether the source's content is the same as before
     */
    public ContentFacts ofSame(boolean body, boolean content) {
        return new ContentFacts(whole && body, content ? sourceHash : null);
    }

    /** These facts, with a complete body. */
    public ContentFacts withWhole() {
        return new ContentFacts(true, sourceHash);
    }

    /** These facts, with the source's hash. */
    public ContentFacts withHash(SourceHash hash) {
        return new ContentFacts(whole, hash);
    }
}
