package dev.freshpyc.cli.serve.hashserv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads bytes of a client as UTF-8. */
final class TextBytes {

    private TextBytes() {}

    /** The text, if it is well-formed. */
    static String text(byte[] bytes) throws RefusedException {
        for (byte one : bytes) {
            if (one < 0) {
                return decoded(bytes);
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String decoded(byte[] bytes) throws RefusedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new RefusedException("The text is not UTF-8.");
        }
    }
}
