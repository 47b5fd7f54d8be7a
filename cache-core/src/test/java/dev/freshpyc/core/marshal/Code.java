package dev.freshpyc.core.marshal;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Code objects of 3.11 written by hand, and what is digested of them. */
final class Code {
    private static final CodeDigester DIGESTER = new CodeDigester();

    private Code() {}

    /** A body whose constants are that one object. */
    static byte[] of(UnaryOperator<Stream> constants) {
        return write(new Stream(), constants, text("a.py")).toBytes();
    }

    static Stream write(Stream stream, UnaryOperator<Stream> constants, UnaryOperator<Stream> fileName) {
        Stream begun = stream.type('c').zeros(20).type('s').i32(0);
        Stream named =
                constants.apply(begun).type(')').u8(0).type(')').u8(0).type('s').i32(0);
        Stream ended = text("f").apply(text("f").apply(fileName.apply(named)));
        return ended.zeros(4).type('s').i32(0).type('s').i32(0);
    }

    static UnaryOperator<Stream> text(String ascii) {
        return stream -> stream.type('z').u8(ascii.length()).types(ascii);
    }

    static Optional<CodeDigest> digest(byte[] body, MarshalDialect dialect) throws IOException {
        return DIGESTER.digest(SparseFile.of(body), 0, dialect);
    }

    static Optional<CodeDigest> digest(byte[] body) throws IOException {
        return digest(body, MarshalDialect.CPYTHON_3_11);
    }

    /** The digest of code whose constants are that one object. */
    static Optional<CodeDigest> digest(UnaryOperator<Stream> constants) throws IOException {
        return digest(of(constants));
    }
}
