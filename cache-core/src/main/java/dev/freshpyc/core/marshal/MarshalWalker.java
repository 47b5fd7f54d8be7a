package dev.freshpyc.core.marshal;

import dev.freshpyc.core.file.ByteSource;
import java.io.IOException;

/**
 * Walks a marshalled body from the first byte to the last, as {@code r_object} in marshal.c does, but creates no objects.
 * The walk finds every truncation and every structural defect. Memory is fixed, one {@link Window} and one
 * {@link OpenObjects}, and reused for the next file. A walker belongs to one thread.
 *
 * <p>Some defects are not detected, because only the created objects would show them: text that is not UTF-8 or not ASCII; a
 * float in text form that is no number; a list, set or dictionary as a dictionary key or set member; fields of a code object
 * of wrong type or in disagreement (the code constructor refuses them, or the interpreter crashes); the meaning of the
 * bytecode. A code object or slice inside a dictionary may have an absent object as a part: before 3.15 the absent object
 * ended the dictionary, but the walker calls the body malformed. PyPy's refusal of a long whose digits are all zero, and its
 * references to a marked absent object, are not detected either. No interpreter writes any of these.
 *
 * <p>The walker reports only the first defect. CPython 2.7 reads the missing bytes of a number as {@code 0xff} and fails on
 * the resulting value; the walker calls such a body truncated, even if the body is only an incomplete integer.
 */
public final class MarshalWalker {
    private final ObjectWalk walk = new ObjectWalk();

    /**
     * Walks the body of a file and returns its structure.
     *
     * @param start the offset of the body: the length of the header
     * @throws IOException when the file cannot be read any more
     */
    public MarshalBody walk(ByteSource file, long start, MarshalDialect dialect) throws IOException {
        return walk.walk(file, start, dialect);
    }
}
