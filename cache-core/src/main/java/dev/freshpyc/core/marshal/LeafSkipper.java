package dev.freshpyc.core.marshal;

import dev.freshpyc.core.marshal.Grammar.Rule;
import dev.freshpyc.core.marshal.Grammar.Rule.Payload;

/**
 * Skips objects without parts in one loop. Most objects have no parts, and the loop is some three times as fast as single
 * steps until the JVM's second compiler has compiled them. The loop stops at anything defective or unusual, which the single-step walk then
 * examines.
 */
final class LeafSkipper {

    /** Bytes that determine the length of a leaf: type and size. */
    private static final int TYPE_AND_SIZE = 1 + Integer.BYTES;

    private LeafSkipper() {}

    /** Stops before the last part of the innermost open object, and before an object that ends behind the window. */
    static void pass(Window window, OpenObjects open, MarshalDialect dialect) {
        if (open.isEmpty() || open.isFull() || open.payload() == Payload.DICTIONARY) {
            return;
        }
        long left = open.left();
        long last = lastPlain(left, open.payload(), dialect);
        byte[] bytes = window.bytes();
        int limit = window.limit();
        int at = window.index();
        while (left > last && limit - at >= TYPE_AND_SIZE) {
            Rule rule = dialect.rule(bytes[at] & 0xff);
            long length = length(rule.payload(), bytes, at, open);
            if (length == 0 || length > limit - at) {
                break;
            }
            open.giveSlot(rule);
            at += (int) length;
            left--;
        }
        window.advanceTo(at);
        open.setLeft(left);
    }

    /**
     * The number of remaining parts at which the next part needs a single step: the part completes the object, or a line
     * number follows.
     */
    private static long lastPlain(long left, Payload payload, MarshalDialect dialect) {
        int afterLine = dialect.objectsAfterLine();
        return payload == Payload.CODE && left > afterLine ? afterLine + 1 : 1;
    }

    /** The length of a leaf with its type byte; 0 for anything else. */
    private static long length(Payload payload, byte[] bytes, int at, OpenObjects open) {
        return switch (payload) {
            case BARE -> 1;
            case BYTES_4 -> 1 + 4;
            case BYTES_8 -> 1 + 8;
            case BYTES_16 -> 1 + 16;
            case SHORT_STRING -> 2 + (bytes[at + 1] & 0xff);
            case STRING -> sized(Window.signedInt(bytes, at + 1));
            case REFERENCE -> open.holdsObject(Window.signedInt(bytes, at + 1)) ? TYPE_AND_SIZE : 0;
            case ABSENT,
                    DIGITS,
                    TWO_SHORT_STRINGS,
                    TABLED_STRING,
                    STRING_REFERENCE,
                    SHORT_SEQUENCE,
                    SEQUENCE,
                    SLICE,
                    DICTIONARY,
                    CODE,
                    UNKNOWN -> 0;
        };
    }

    private static long sized(int size) {
        return size < 0 ? 0 : (long) TYPE_AND_SIZE + size;
    }
}
