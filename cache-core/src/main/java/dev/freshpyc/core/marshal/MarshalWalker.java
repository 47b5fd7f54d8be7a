package dev.freshpyc.core.marshal;

import dev.freshpyc.core.file.ByteSource;
import java.io.IOException;

/**
 * Walks a marshalled body from its first byte to its last, as {@code r_object} in marshal.c does, and builds nothing. The
 * walk finds every truncation and every structural defect. Memory is fixed, one {@link Window} and one {@link
 * OpenObjects}, and reused for the next file. A walker belongs to one thread.
 *
 * <p>Not detected, because only the objects themselves show them: text that is not UTF-8 or not ASCII; a float in text
 * form that is no number; a list, set or dictionary as a dictionary key or set member; fields of a code object of wrong
 * type or in disagreement (the code constructor refuses them, or the interpreter crashes); the meaning of the bytecode.
 * Nor is a code object or slice with an absent object as a part, inside a dictionary's key or value: before 3.15 that
 * ended the dictionary, and here it is called malformed. PyPy's refusal of a long whose digits are all zero, and its
 * references to a marked absent object, are not detected either. No interpreter writes any of these.
 *
 * <p>Of several defects, the first one met is reported. 2.7 reads the missing bytes of a number as {@code 0xff} and fails
 * on the resulting value; here that is called truncated, as is a body that consists of an incomplete integer.
 */
public final class MarshalWalker {
    private final ObjectWalk walk = new ObjectWalk();

    /**
     * Judges the body of a file.
     *
     * @param start the offset of the body: the length of the header
     * @throws IOException when the file cannot be read any more
     */
    public MarshalBody walk(ByteSource file, long start, MarshalDialect dialect) throws IOException {
        return walk.walk(file, start, dialect);
    }
}
