package dev.freshpyc.core.marshal;

import dev.freshpyc.core.file.ByteSource;
import java.io.IOException;

/**
 * Walks a marshalled body from its first byte to its last, as {@code r_object} in marshal.c does, and builds nothing. It finds
 * truncation anywhere and every structural defect. Memory is fixed: one {@link Window} and one {@link OpenObjects}, kept for
 * the next file. A walker belongs to one thread.
 *
 * <p>Not told, because it takes the objects themselves: text that is not UTF-8 or not ASCII; a float in text form that is no
 * number; a list, set or dictionary as a dictionary key or set member; fields of a code object that are of the wrong type or
 * disagree (the code constructor refuses them, or the interpreter crashes); what the bytecode does. Nor is told a code object
 * or slice with the absent object for a part, as a dictionary's key or value: that ended the dictionary before 3.15, and is
 * called malformed here. PyPy's refusal of a long whose digits are all zero, and its references to a marked absent object,
 * are not told either. No interpreter writes any of these.
 *
 * <p>Where several things are wrong, the first one met is reported. 2.7 takes the missing bytes of a number for {@code 0xff}
 * and fails on what it then makes of it; that is called truncated here, as is an integer cut short that is all of a body.
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
