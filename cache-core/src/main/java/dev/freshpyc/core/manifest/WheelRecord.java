package dev.freshpyc.core.manifest;

import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The {@code RECORD} of an installed distribution (PyPA, "Recording installed projects"), as Python's {@code csv} module
 * writes it: a field with a comma, a quote or a line break is quoted, and quotes inside are doubled. Hexadecimal digests,
 * which some builders write against the specification, are recognized by their length and accepted.
 */
public final class WheelRecord extends ManifestParser {
    /** The name of the file. */
    public static final RawPath NAME = RawPath.of("RECORD");

    private static final int FIELDS = 3;

    /** Bytes that the fields of nearly all rows have; the buffer grows for others. A system has hundreds of RECORDs. */
    private static final int USUAL_ROW = 512;

    /** The position of the next byte in a row. */
    private enum RowState {
        FIELD_BEGINS,
        PLAIN,
        QUOTED,
        /** After a quote inside quotes: the first of a doubled quote, or the end of the field. */
        QUOTE,
        /** In a bad row, up to the next line break. */
        SKIPPED
    }

    private final RowFilter filter;
    private byte[] row = new byte[USUAL_ROW];
    private final int[] ends = new int[FIELDS];
    private RowState state = RowState.FIELD_BEGINS;
    private int length;
    private int fields;

    /** A parser that passes on all rows. */
    public WheelRecord(RawPath manifest, Rows rows) {
        this(manifest, RowFilter.ALL, rows);
    }

    public WheelRecord(RawPath manifest, RowFilter filter, Rows rows) {
        super(manifest, rows);
        this.filter = filter;
    }

    /** Takes the bytes of plain fields in pieces, and only the bytes between them one by one. */
    @Override
    public void take(byte[] bytes, int from, int count) {
        int limit = from + count;
        int index = from;
        while (index < limit) {
            int end = state == RowState.PLAIN ? plainEnd(bytes, index, limit) : index;
            if (end > index) {
                add(bytes, index, end);
                index = end;
            } else {
                take(bytes[index++]);
            }
        }
    }

    /** The position of the next byte that ends a plain field, or makes its row bad. */
    private static int plainEnd(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit && bytes[at] != ',' && bytes[at] != '\n' && bytes[at] != '\r' && bytes[at] != 0) {
            at++;
        }
        return at;
    }

    private void add(byte[] bytes, int from, int to) {
        if (hasRoom(to - from)) {
            System.arraycopy(bytes, from, row, length, to - from);
            length += to - from;
        } else {
            skip();
        }
    }

    /** Makes room in the row; false where the row would become longer than a row may be. */
    private boolean hasRoom(int more) {
        if (more > ROW_LIMIT - length) {
            return false;
        }
        if (more > row.length - length) {
            row = Arrays.copyOf(row, Math.min(ROW_LIMIT, Math.max(length + more, 2 * row.length)));
        }
        return true;
    }

    private void take(byte next) {
        switch (state) {
            case FIELD_BEGINS -> {
                if (next == '"') {
                    state = RowState.QUOTED;
                } else {
                    plain(next);
                }
            }
            case PLAIN -> plain(next);
            case QUOTED -> {
                if (next == '"') {
                    state = RowState.QUOTE;
                } else {
                    add(next);
                }
            }
            case QUOTE -> afterQuote(next);
            case SKIPPED -> {
                if (next == '\n') {
                    begin();
                }
            }
        }
    }

    /** Ends the last row, even without a line break; a row that ends inside quotes is bad. */
    @Override
    public void end() {
        switch (state) {
            case QUOTED -> bad();
            case FIELD_BEGINS, PLAIN, QUOTE -> endRow();
            case SKIPPED -> {}
        }
        begin();
    }

    private void plain(byte next) {
        switch (next) {
            case ',' -> endField();
            case '\n', '\r' -> endRow();
            default -> {
                state = RowState.PLAIN;
                add(next);
            }
        }
    }

    private void afterQuote(byte next) {
        switch (next) {
            case '"' -> {
                state = RowState.QUOTED;
                add(next);
            }
            case ',' -> endField();
            case '\n', '\r' -> endRow();
            default -> skip();
        }
    }

    private void add(byte next) {
        if (next != 0 && hasRoom(1)) {
            row[length++] = next;
        } else {
            skip();
        }
    }

    private void endField() {
        if (fields == FIELDS) {
            skip();
            return;
        }
        ends[fields++] = length;
        state = RowState.FIELD_BEGINS;
    }

    private void endRow() {
        boolean blank = fields == 0 && length == 0 && state == RowState.FIELD_BEGINS;
        if (!blank) {
            endField();
            if (state == RowState.SKIPPED) { // a fourth field, counted as bad
                begin();
                return;
            }
            whole();
        }
        begin();
    }

    private void skip() {
        bad();
        state = RowState.SKIPPED;
    }

    private void begin() {
        state = RowState.FIELD_BEGINS;
        length = 0;
        fields = 0;
    }

    private void whole() {
        if (fields != FIELDS || ends[0] == 0 || !isSize()) {
            bad();
        } else if (ends[1] == ends[0]) {
            good(); // the RECORD itself, and what the installer compiled
        } else if (!filter.wants(row, 0, ends[0])) {
            good();
        } else {
            String hash = new String(row, ends[0], ends[1] - ends[0], StandardCharsets.ISO_8859_1);
            int equals = hash.indexOf('=');
            Optional<DigestAlgorithm> algorithm =
                    equals < 0 ? Optional.empty() : DigestAlgorithm.ofRecord(hash.substring(0, equals));
            algorithm.ifPresentOrElse(known -> vouch(known, hash.substring(equals + 1)), this::bad);
        }
    }

    private void vouch(DigestAlgorithm algorithm, String text) {
        byte[] digest = decode(text, text.length() == 2 * algorithm.length());
        if (digest.length == algorithm.length()) {
            found(RawPath.of(row, 0, ends[0]), algorithm, digest);
        } else {
            bad();
        }
    }

    private static byte[] decode(String text, boolean hexadecimal) {
        try {
            return hexadecimal
                    ? HexFormat.of().parseHex(text)
                    : Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException noDigest) {
            return new byte[0];
        }
    }

    private boolean isSize() {
        for (int at = ends[1]; at < ends[2]; at++) {
            if (row[at] < '0' || row[at] > '9') {
                return false;
            }
        }
        return true;
    }
}
