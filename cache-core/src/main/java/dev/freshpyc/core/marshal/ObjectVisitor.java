package dev.freshpyc.core.marshal;

import dev.freshpyc.core.marshal.Grammar.Rule;
import java.io.IOException;

/**
 * Callbacks of a walk for the objects that it meets. All do nothing here: a walk that only judges needs none, and empty
 * methods cost nothing.
 */
abstract class ObjectVisitor {
    final Window window = new Window();
    final OpenObjects open = new OpenObjects();

    /** A walk begins. */
    void begin(MarshalDialect dialect) {}

    /** An object begins at {@code at} with that type byte. */
    void met(int type, long at) {}

    /** The next {@code count} bytes are the content of the current object, which has no parts. */
    void content(long count) throws IOException, WalkEnd {
        window.skip(count);
    }

    /** The next {@code count} bytes belong to the innermost open object. */
    void field(long count) throws IOException, WalkEnd {
        window.skip(count);
    }

    /** The current long has that many digits, and the sign of {@code count}. */
    void digits(int count) {}

    /** The next digit of the current long, where the dialect checks digits; elsewhere digits are content. */
    void digit(int digit) {}

    /** The object is a reference to the object of that slot. */
    void referred(long slot) {}

    /** The object is a reference to that place in 2.7's string table. */
    void referredString(long index) {}

    /** The object has no parts, is complete and has its slot. */
    void whole(Rule rule) {}

    /** The object is open and has its slot; its parts follow. */
    void opened(Rule rule) {}

    /** A dictionary has a key without a value. */
    void absentValue() {}

    /** The innermost open object is complete and will be closed. */
    void closing() {}

    /** The object completed last is the next part of the innermost open object. */
    void part() {}
}
