package dev.freshpyc.core.marshal;

import dev.freshpyc.core.path.RawPath;

/**
 * Identity of a marshalled code object, independent of its encoding. Two equal digests of bodies with equal magic numbers
 * mean equal code. If only the {@linkplain #sameCode code} of two digests agrees, the code is equal except for
 * {@code co_filename}, as after a build in another directory.
 *
 * <p>An import overwrites {@code co_filename} with the file's present path, in the outermost code object and in every inner
 * code object with the same name. So an imported program sees no difference; only a reader of the file does.
 *
 * @param high half of the 128 bits that cover everything but the {@code co_filename} that all code objects of the body
 *     share; valid inside this process only ({@link KeyedDigest})
 * @param low the other half
 * @param fileName the shared name as it is marshalled: UTF-8, a lone surrogate as three bytes ({@code surrogatepass}); in
 *     2.7 the bytes themselves
 */
public record CodeDigest(long high, long low, RawPath fileName) {

    /** Whether the code is the same, wherever it was compiled. */
    public boolean sameCode(CodeDigest other) {
        return high == other.high && low == other.low;
    }
}
