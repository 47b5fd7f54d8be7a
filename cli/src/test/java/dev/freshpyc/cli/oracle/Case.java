package dev.freshpyc.cli.oracle;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One bytecode file and its source, if any.
 *
 * @param keep how many bytes of the file are left after truncation, {@link #ALL} of them usually
 */
record Case(Layout layout, SourceTime time, Header header, Body body, int keep) {
    static final int ALL = Integer.MAX_VALUE;

    /** The honest one, of which all others are variations. */
    static Case in(Layout layout) {
        return new Case(layout, SourceTime.PAST, Header.TRUE_TIMESTAMP, Body.CODE, ALL);
    }

    Case at(SourceTime value) {
        return new Case(layout, value, header, body, keep);
    }

    Case header(Header value) {
        return new Case(layout, time, value, body, keep);
    }

    Case body(Body value) {
        return new Case(layout, time, header, value, keep);
    }

    Case keep(int value) {
        return new Case(layout, time, header, body, value);
    }

    Case flags(int value) {
        return header(header.flags(value));
    }

    Case magic(Header.Magic value) {
        return header(header.magic(value));
    }

    Case mtime(Header.Mtime value) {
        return header(header.mtime(value));
    }

    Case size(Header.Size value) {
        return header(header.size(value));
    }

    Case hash(Header.Hash value) {
        return header(header.hash(value));
    }

    Case outdated() {
        return header(header.outdated());
    }

    byte[] bytes(Interpreter python) {
        byte[] head = header.bytes(python, time);
        byte[] tail = body.bytes(python.code());
        byte[] whole = ByteBuffer.allocate(head.length + tail.length)
                .put(head)
                .put(tail)
                .array();
        return keep < whole.length ? Arrays.copyOf(whole, keep) : whole;
    }

    /** Whether the damage lies behind the first byte of the code object, where only {@code --deep} looks. */
    boolean needsDeep(Interpreter python) {
        return body == Body.CODE && keep > python.headerLength() && keep < ALL;
    }

    /**
     * Whether {@code python} can have this case at all, and whether the file alone says that it is {@code python}'s: one
     * without a tag in its name, beside its source, belongs to whom its magic number says.
     */
    boolean suits(Interpreter python) {
        boolean knowsKind = python.hasFlags() || header.isTimestamp();
        return knowsKind && (layout.isTagged(python) || concerns(python));
    }

    /** Another version's number in an untagged file would make it that version's, so that it says nothing about us. */
    private boolean concerns(Interpreter python) {
        return switch (header.magic()) {
            case RIGHT -> keep >= 4 || isEverybodys(python);
            case NOBODYS, WRONG_TAIL -> isEverybodys(python);
            case OTHER_VERSION, PRE_RELEASE -> false;
        };
    }

    /** Whether all interpreters agree about a file of no known magic: without a source they fail, beside one 3.x ignores it. */
    private boolean isEverybodys(Interpreter python) {
        return python.isTagged() || layout.isSourceless();
    }
}
