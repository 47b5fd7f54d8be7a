package dev.freshpyc.core.marshal;

import dev.freshpyc.core.path.RawPath;

/**
 * What identifies a marshalled code object, however it was written down. Two that are equal, of the same magic number, are
 * equal code; two of which only the {@linkplain #sameCode code} is equal are equal but for {@code co_filename}, as when the tree was built in
 * another place.
 *
 * <p>An import writes the file's present path over {@code co_filename}, in the outermost code object and wherever inside it
 * was the same. So the difference is none to a program that is imported, and one to who reads {@code co_filename} off the file.
 *
 * @param high of 128 bits that cover everything but the {@code co_filename} that all code objects of the body share; to be
 *     compared inside this process alone ({@link PartDigest})
 * @param low the other half
 * @param fileName that name as it is marshalled: UTF-8, a lone surrogate as three bytes ({@code surrogatepass}); in 2.7 the
 *     bytes themselves
 */
public record CodeDigest(long high, long low, RawPath fileName) {

    /** Whether the code is the same, wherever it was compiled. */
    public boolean sameCode(CodeDigest other) {
        return high == other.high && low == other.low;
    }
}
