package dev.freshpyc.core.marshal;

import dev.freshpyc.core.marshal.Grammar.Rule;
import java.io.IOException;

/**
 * Callbacks of a walk for the objects of a body. The default methods do nothing: a walk that only checks the structure needs
 * no callbacks, and empty methods cost nothing.
 */
abstract class ObjectVisitor {
    final Window window = new Window();
    final OpenObjects open = new OpenObjects();

    /** A walk begins. */
    void begin(MarshalDialect dialect) {}

    /** An object with the given type byte begins at {@code at}. */
    void met(int type, long at) {}

    /** The next {@code count} bytes are the content of the current object, which has no parts. */
    void content(long count) throws IOException, WalkEnd {
        window.skip(count);
    }

    /** The next {@code count} bytes belong to the innermost open object. */
    void field(long count) throws IOException, WalkEnd {
        window.skip(count);
    }

    /** The current long has {@code |count|} digits and the sign of {@code count}. */
    void digits(int count) {}

    /** The next digit of the current long, if the dialect checks digits; otherwise digits are passed as content. */
    void digit(int digit) {}

    /** The object is a reference to the object of the given slot. */
    void referred(long slot) {}

    /** The object is a reference to the given index in the string table of 2.7. */
    void referredString(long index) {}

    /** The object has no parts, is complete and has its slot. */
    void whole(Rule rule) {}

    /** The object is open and has its slot; its parts follow. */
    void opened(Rule rule) {}

    /** A dictionary has a key without a value. */
    void absentValue() {}

    /** The innermost open object is complete and will be closed. */
    void closing() {}

    /** The last completed object is the next part of the innermost open object. */
    void part() {}
}
