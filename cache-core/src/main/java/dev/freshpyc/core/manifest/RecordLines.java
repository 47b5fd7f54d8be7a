package dev.freshpyc.core.manifest;

import dev.freshpyc.core.path.RawPath;

/**
 * The lines of a RECORD that is in memory, with the places of their fields. The grammar is that of {@link WheelRecord}: a quoted
 * field may contain commas and line breaks. A line that is not of this grammar has no fields.
 */
final class RecordLines {

    private static final int FIELDS = 3;

    private final byte[] record;
    private final byte[] path;
    private final int[] fieldEnds = new int[FIELDS];
    private int pathLength;
    private int begin;
    private int end;
    private int fields;
    private boolean good;

    /** Whether the rest of the line, up to the next newline, belongs to no field. */
    private boolean skips;

    RecordLines(byte[] record) {
        this.record = record;
        this.path = new byte[record.length];
    }

    /** Goes to the next line; false behind the last. */
    boolean next() {
        begin = end;
        fields = 0;
        pathLength = 0;
        good = true;
        skips = false;
        int at = begin;
        while (!skips && at < record.length && !isBreak(at)) {
            at = separator(field(at));
        }
        while (skips && at < record.length && record[at] != '\n') {
            at++;
        }
        good &= !skips;
        end = afterBreak(at);
        return begin < record.length;
    }

    /** Notes the end of a field and passes the comma behind the field, if there is one. */
    private int separator(int at) {
        boolean comma = at < record.length && record[at] == ',';
        endField(at);
        skips |= fields > FIELDS && comma;
        if (!comma || skips) {
            return at;
        }
        if (at + 1 == record.length || isBreak(at + 1)) {
            endField(at + 1); // an empty last field
        }
        return at + 1;
    }

    private void endField(int at) {
        if (fields < FIELDS) {
            fieldEnds[fields] = at;
        }
        fields++;
    }

    /** The position of the first byte of the line. */
    int begin() {
        return begin;
    }

    /** The position behind the line's end. */
    int end() {
        return end;
    }

    /** Whether the line has a path, a digest and a size, which may be empty. */
    boolean hasDigest() {
        return good && fields == FIELDS && pathLength > 0 && fieldEnds[1] > fieldEnds[0] + 1;
    }

    /** The path of the file, without quotes. */
    RawPath path() {
        return RawPath.of(path, 0, pathLength);
    }

    /** The position behind the path as the line spells it. */
    int pathEnd() {
        return fieldEnds[0];
    }

    /** The position behind the size: that of the line break. */
    int contentEnd() {
        return fieldEnds[FIELDS - 1];
    }

    /** Reads the field at a position; returns the position behind the field: that of a comma, of a line break, or of the end. */
    private int field(int from) {
        int at = from;
        if (record[at] != '"') {
            while (at < record.length && !skips && record[at] != ',' && !isBreak(at)) {
                add(record[at++]);
            }
            return at;
        }
        at++;
        while (at < record.length && !skips) {
            if (record[at] != '"') {
                add(record[at++]);
            } else if (at + 1 < record.length && record[at + 1] == '"') {
                add((byte) '"');
                at += 2;
            } else {
                return closed(at + 1);
            }
        }
        good = false; // the file ends inside quotes
        return at;
    }

    /** The position behind a field whose closing quote is before {@code at}; nothing else may follow in the field. */
    private int closed(int at) {
        skips |= at < record.length && record[at] != ',' && !isBreak(at);
        return at;
    }

    /** Adds a byte to the path while the first field is read. */
    private void add(byte next) {
        skips |= next == 0;
        if (fields == 0) {
            path[pathLength++] = next;
        }
    }

    private boolean isBreak(int at) {
        return record[at] == '\n' || record[at] == '\r';
    }

    private int afterBreak(int at) {
        if (at == record.length) {
            return at;
        }
        boolean pair = record[at] == '\r' && at + 1 < record.length && record[at + 1] == '\n';
        return pair ? at + 2 : at + 1;
    }
}
