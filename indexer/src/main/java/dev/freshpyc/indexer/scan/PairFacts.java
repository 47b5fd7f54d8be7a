package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.record.PycRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the pair that a sighting shows, beyond the observation. A judge leaves here what a later judge would have to find
 * out again. One object describes all pairs in turn.
 */
public final class PairFacts {

    private boolean bodyWhole;
    private @Nullable PycRecord unchanged;
    private @Nullable Sha256 content;

    /** Begins the next pair, of which nothing is known. */
    void clear() {
        bodyWhole = false;
        unchanged = null;
        content = null;
    }

    /** Whether the body is known to be complete: it was walked to its end in this run, or in a run that the index remembers. */
    public boolean isBodyWhole() {
        return bodyWhole;
    }

    /** Tells that the body is complete. */
    public void knowBodyWhole() {
        bodyWhole = true;
    }

    void walked(BodyState body) {
        bodyWhole = body == BodyState.WHOLE;
    }

    /**
     * Tells that neither file has changed since an index recorded the digests of both.
     *
     * @param source the digest of the source
     */
    public void knowUnchanged(PycRecord pyc, Sha256 source) {
        unchanged = pyc;
        content = source;
    }

    /** The record of the pyc; null unless neither file has changed since. */
    public @Nullable PycRecord unchanged() {
        return unchanged;
    }

    /** The digest of the source; null unless neither file has changed since an index recorded the digest. */
    public @Nullable Sha256 content() {
        return content;
    }
}
