package dev.freshpyc.core.marshal;

import java.io.IOException;

/**
 * What a walk tells of the objects that it meets. Nothing is taken of it here, as a walk that only judges wants it; methods so
 * empty cost it nothing.
 */
abstract class Harvest {
    final Window window = new Window();
    final OpenObjects open = new OpenObjects();

    /** A walk begins. */
    void begin(MarshalDialect dialect) {}

    /** An object begins at {@code at} with that type byte. */
    void met(int type, long at) {}

    /** The next {@code count} bytes are the content of the object that was met, which has no parts. */
    void content(long count) throws IOException, Halt {
        window.skip(count);
    }

    /** The next {@code count} bytes belong to the innermost open object. */
    void field(long count) throws IOException, Halt {
        window.skip(count);
    }

    /** The long that was met has that many digits, and the sign of {@code count}. */
    void digits(int count) {}

    /** The next digit of the long, where the dialect checks them; where it does not, they are content. */
    void digit(int digit) {}

    /** The object that was met stands for the one of that reference slot. */
    void referred(long slot) {}

    /** The object that was met stands for the one at that place of 2.7's string table. */
    void referredString(long index) {}

    /** The object that was met has no parts, is whole and has its slot. */
    void whole(Rule rule) {}

    /** The object that was met is open, has its slot, and gets its parts next. */
    void opened(Rule rule) {}

    /** A dictionary has a key without a value. */
    void absentValue() {}

    /** The innermost open object is whole, and closed next. */
    void closing() {}

    /** What became whole last is the next part of the innermost open object. */
    void part() {}
}
