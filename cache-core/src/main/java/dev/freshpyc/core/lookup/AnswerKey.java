package dev.freshpyc.core.lookup;

import dev.freshpyc.core.path.RawPath;

/**
 * An answer's name: which state of the index, and which source. With the state in it, a slow reader that stores an old
 * generation's answer after a newer one has taken over does no harm: nobody asks for it again.
 */
record AnswerKey(long generation, long token, RawPath source) {

    /** The path's alone: answers of two generations meet only in the moment of following. */
    @Override
    public int hashCode() {
        return source.hashCode();
    }
}
