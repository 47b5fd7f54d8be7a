package dev.freshpyc.cli.repair;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes complete marshalled code objects that no interpreter could run. */
final class MarshalledCode {

    private static final int FLAG_REF = 0x80;

    private final ByteBuffer out;

    private MarshalledCode(int capacity) {
        out = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A code object of CPython 3.11 with the given bytecode. */
    static byte[] of311(byte[] bytecode) {
        MarshalledCode code =
                new MarshalledCode(bytecode.length + 100).type('c' | FLAG_REF).numbers(5);
        return code.bytes(bytecode)
                .empty(')', 3)
                .bytes()
                .text(3)
                .numbers(1)
                .bytes()
                .bytes()
                .done();
    }

    /** A code object of CPython 3.6 with the given bytecode. */
    static byte[] of36(byte[] bytecode) {
        MarshalledCode code =
                new MarshalledCode(bytecode.length + 100).type('c' | FLAG_REF).numbers(5);
        return code.bytes(bytecode).empty(')', 5).text(2).numbers(1).bytes().done();
    }

    /** A code object of Python 2.7 with the given bytecode. */
    static byte[] of27(byte[] bytecode) {
        MarshalledCode code =
                new MarshalledCode(bytecode.length + 100).type('c').numbers(4);
        code.bytes(bytecode);
        for (int i = 0; i < 5; i++) {
            code.type('(').numbers(1);
        }
        return code.bytes().bytes().numbers(1).bytes().done();
    }

    private MarshalledCode type(int type) {
        out.put((byte) type);
        return this;
    }

    private MarshalledCode numbers(int count) {
        for (int i = 0; i < count; i++) {
            out.putInt(0);
        }
        return this;
    }

    private MarshalledCode bytes(byte... bytes) {
        type('s');
        out.putInt(bytes.length).put(bytes);
        return this;
    }

    private MarshalledCode empty(int tuple, int count) {
        for (int i = 0; i < count; i++) {
            type(tuple).type(0);
        }
        return this;
    }

    private MarshalledCode text(int count) {
        for (int i = 0; i < count; i++) {
            type('z').type(3).type('<').type('m').type('>'); // as a file name, this is no path
        }
        return this;
    }

    private byte[] done() {
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }
}
