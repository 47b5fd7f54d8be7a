package dev.freshpyc.cli.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** The bytes after the header. {@link Case#keep} truncates the file. */
@SuppressWarnings("ImmutableEnumChecker") // the functions keep no state
enum Body {
    CODE(code -> code),
    TRAILING_BYTE(code -> joined(code, new byte[1])),
    TRAILING_CODE(code -> joined(code, code)),

    EMPTY(_ -> new byte[0]),
    NONE(_ -> marshalled("N")),
    TRUE(_ -> marshalled("T")),
    ELLIPSIS(_ -> marshalled(".")),
    NULL(code -> joined(marshalled("0"), code)),
    STOP_ITERATION(code -> joined(marshalled("S"), code)),
    INTEGER(_ -> marshalled("i\1\0\0\0")),
    BYTE_STRING(_ -> marshalled("s\3\0\0\0abc")),
    TUPLE_OF_CODE(code -> joined(marshalled("(\1\0\0\0"), code)),
    DANGLING_REFERENCE(_ -> marshalled("r\7\0\0\0")),
    UNKNOWN_TYPE(code -> joined(marshalled("\1"), code)),
    ZEROES(_ -> new byte[64]),
    TEXT(_ -> marshalled("# not bytecode at all\n"));

    private final UnaryOperator<byte[]> form;

    Body(UnaryOperator<byte[]> form) {
        this.form = form;
    }

    byte[] bytes(byte[] code) {
        return form.apply(code);
    }

    private static byte[] marshalled(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
