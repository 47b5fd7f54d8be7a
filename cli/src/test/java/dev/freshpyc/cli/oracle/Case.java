package dev.freshpyc.cli.oracle;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A bytecode file and its source, if any.
 *
 * @param keep the length to which the file is truncated, or {@link #ALL}
 */
record Case(Layout layout, SourceTime time, Header header, Body body, int keep) {
    static final int ALL = Integer.MAX_VALUE;

    /** The valid case, from which all other cases are derived. */
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
     * Whether this case is possible for {@code python}, and the file belongs to {@code python}. The tag in the name of
     * a file says to which interpreter the file belongs; without a tag, the magic number says so.
     */
    boolean suits(Interpreter python) {
        boolean knowsKind = python.hasFlags() || header.isTimestamp();
        return knowsKind && (layout.isTagged(python) || concerns(python));
    }

    /**
     * An untagged file with the magic number of another version belongs to that version, so {@code python} is not
     * tested with it.
     */
    private boolean concerns(Interpreter python) {
        return switch (header.magic()) {
            case RIGHT -> keep >= 4 || concernsEveryInterpreter(python);
            case UNKNOWN, WRONG_TAIL -> concernsEveryInterpreter(python);
            case OTHER_VERSION, PRE_RELEASE -> false;
        };
    }

    /**
     * Whether all interpreters treat a file with an unknown magic alike: without a source they fail; beside a source,
     * 3.x ignores the file.
     */
    private boolean concernsEveryInterpreter(Interpreter python) {
        return python.isTagged() || layout.isSourceless();
    }
}
