package dev.freshpyc.core.marshal;

import dev.freshpyc.core.file.SparseFile;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Builds bodies of CPython 3.11 by hand, and digests them. */
final class CodeBodies {
    private static final CodeDigester DIGESTER = new CodeDigester();

    private CodeBodies() {}

    /** A body whose constants are the given object. */
    static byte[] of(UnaryOperator<MarshalBytes> constants) {
        return write(new MarshalBytes(), constants, text("a.py")).toBytes();
    }

    static MarshalBytes write(
            MarshalBytes stream, UnaryOperator<MarshalBytes> constants, UnaryOperator<MarshalBytes> fileName) {
        MarshalBytes beforeConstants = stream.type('c').zeros(20).type('s').i32(0);
        MarshalBytes beforeFileName = constants
                .apply(beforeConstants)
                .type(')')
                .u8(0)
                .type(')')
                .u8(0)
                .type('s')
                .i32(0);
        MarshalBytes beforeLineTable = text("f").apply(text("f").apply(fileName.apply(beforeFileName)));
        return beforeLineTable.zeros(4).type('s').i32(0).type('s').i32(0);
    }

    static UnaryOperator<MarshalBytes> text(String ascii) {
        return stream -> stream.type('z').u8(ascii.length()).types(ascii);
    }

    static Optional<CodeDigest> digest(byte[] body, MarshalDialect dialect) throws IOException {
        return DIGESTER.digest(SparseFile.of(body), 0, dialect);
    }

    static Optional<CodeDigest> digest(byte[] body) throws IOException {
        return digest(body, MarshalDialect.CPYTHON_3_11);
    }

    /** The digest of a body whose constants are the given object. */
    static Optional<CodeDigest> digest(UnaryOperator<MarshalBytes> constants) throws IOException {
        return digest(of(constants));
    }
}
