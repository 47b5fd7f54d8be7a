package dev.freshpyc.core.marshal;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.record.Sha256;

/**
 * What identifies a marshalled code object, however it was written down. Two that are equal, of the same magic number, are
 * equal code; two of which only {@link #code} is equal are equal but for {@code co_filename}, as when the tree was built in
 * another place.
 *
 * <p>An import writes the file's present path over {@code co_filename}, in the outermost code object and wherever inside it
 * was the same. So the difference is none to a program that is imported, and one to who reads {@code co_filename} off the file.
 *
 * @param code covers everything but the {@code co_filename} that all code objects of the body share
 * @param fileName that name as it is marshalled: UTF-8, a lone surrogate as three bytes ({@code surrogatepass}); in 2.7 the
 *     bytes themselves
 */
public record CodeDigest(Sha256 code, RawPath fileName) {

    /** Whether the code is the same, wherever it was compiled. */
    public boolean sameCode(CodeDigest other) {
        return code.equals(other.code);
    }
}
