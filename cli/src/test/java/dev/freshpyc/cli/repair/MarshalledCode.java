package dev.freshpyc.cli.repair;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Code objects as marshal writes them, whole to their last byte and good for nothing. */
final class MarshalledCode {

    private static final int FLAG_REF = 0x80;

    private final ByteBuffer out;

    private MarshalledCode(int room) {
        out = ByteBuffer.allocate(room).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Of CPython 3.11, with that as its bytecode. */
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

    /** Of CPython 3.6. */
    static byte[] of36(byte[] bytecode) {
        MarshalledCode code =
                new MarshalledCode(bytecode.length + 100).type('c' | FLAG_REF).numbers(5);
        return code.bytes(bytecode).empty(')', 5).text(2).numbers(1).bytes().done();
    }

    /** Of Python 2.7. */
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
            type('z').type(1).type('m');
        }
        return this;
    }

    private byte[] done() {
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }
}
