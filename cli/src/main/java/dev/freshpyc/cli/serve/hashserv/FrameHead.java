package dev.freshpyc.cli.serve.hashserv;

import java.util.Optional;

/**
 * The head of a frame of a websocket (RFC 6455, section 5.2).
 *
 * @param isLast whether the message ends with this frame
 * @param size of the head, in bytes
 * @param length of the payload, in bytes
 * @param mask the mask of a client's payload
 */
record FrameHead(int opcode, boolean isLast, int size, long length, int mask) {

    static final int CONTINUED = 0;
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int MAX_CONTROL = 125;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int LAST = 0x80;
    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;
    private static final int MASK_BYTES = 4;

    /** The head at the beginning of the bytes that have arrived; empty until it is complete. */
    static Optional<FrameHead> of(Wire wire) throws RefusedException {
        if (wire.available() < 2) {
            return Optional.empty();
        }
        int first = wire.peek(0) & 0xff;
        int second = wire.peek(1) & 0xff;
        int opcode = first & 0x0f;
        boolean isControl = opcode >= CLOSE;
        int shortLength = second & ~MASKED;
        boolean isKnown = opcode <= TEXT || (isControl && opcode <= PONG);
        boolean isAllowed = !isControl || ((first & LAST) != 0 && shortLength <= MAX_CONTROL);
        if ((first & RESERVED) != 0 || (second & MASKED) == 0 || !isKnown || !isAllowed) {
            throw new RefusedException("The websocket has a frame that is not a client's part of a text.");
        }
        int lengthBytes = shortLength == EIGHT_BYTES ? 8 : shortLength == TWO_BYTES ? 2 : 0;
        int size = 2 + lengthBytes + MASK_BYTES;
        if (wire.available() < size) {
            return Optional.empty();
        }
        long length = lengthBytes == 0 ? shortLength : number(wire, 2, lengthBytes);
        if (length < 0 || length > MessageChannel.MAX_MESSAGE) {
            throw new RefusedException("The message is longer than " + MessageChannel.MAX_MESSAGE + " bytes.");
        }
        int mask = (int) number(wire, size - MASK_BYTES, MASK_BYTES);
        return Optional.of(new FrameHead(opcode, (first & LAST) != 0, size, length, mask));
    }

    private static long number(Wire wire, int begin, int count) {
        long number = 0;
        for (int at = begin; at < begin + count; at++) {
            number = number << 8 | (wire.peek(at) & 0xff);
        }
        return number;
    }

    boolean isControl() {
        return opcode >= CLOSE;
    }

    /** The bytes of the frame. */
    int total() {
        return size + (int) length;
    }

    boolean hasArrived(Wire wire) {
        return wire.available() >= total();
    }

    /** Takes the frame, which must have arrived; returns its payload. */
    byte[] take(Wire wire) {
        wire.skip(size);
        byte[] payload = wire.take((int) length);
        for (int at = 0; at < payload.length; at++) {
            payload[at] ^= (byte) (mask >>> (8 * (3 - at % MASK_BYTES)));
        }
        return payload;
    }

    /** The head of a frame of the service: a whole message without a mask. */
    static byte[] bytes(int opcode, int length) {
        byte first = (byte) (LAST | opcode);
        if (length <= MAX_CONTROL) {
            return new byte[] {first, (byte) length};
        }
        if (length <= 0xffff) {
            return new byte[] {first, TWO_BYTES, (byte) (length >>> 8), (byte) length};
        }
        return new byte[] {
            first,
            EIGHT_BYTES,
            0,
            0,
            0,
            0,
            (byte) (length >>> 24),
            (byte) (length >>> 16),
            (byte) (length >>> 8),
            (byte) length
        };
    }
}
