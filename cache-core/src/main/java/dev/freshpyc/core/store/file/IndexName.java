package dev.freshpyc.core.store.file;

import dev.freshpyc.core.path.RawPath;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The name of an entry's index file: the end of the path, which users can read, and a hash of the whole path, which avoids
 * collisions. A collision is still detected, because each file contains the path of its entry.
 */
public final class IndexName {

    static final String LIVE = ".index";
    static final String BAD = ".bad";
    static final String CHECKED = ".checked";
    static final String PENDING = ".pending";
    static final String OVERLAY = ".overlay";

    /** The file with the sources that repairs could not compile. */
    static final String UNCOMPILED = "sources.uncompiled";

    private static final String ENTRY_POINTS = ".entrypoints";
    private static final String PROOFS = "proofs-";
    private static final String TABLE = ".table";
    private static final String EQUIVALENTS = ".equivalents";
    private static final String ANSWER = ".answer";

    private static final int READABLE = 48;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private IndexName() {}

    /** The name of the live file. */
    public static String of(RawPath entry) {
        return base(entry) + LIVE;
    }

    /** The name of the file with an entry's entry points. */
    static String entryPoints(RawPath entry) {
        return base(entry) + ENTRY_POINTS;
    }

    /** The name of the directory with an entry's snapshots. */
    static String snapshots(RawPath entry) {
        return base(entry);
    }

    private static String base(RawPath entry) {
        byte[] bytes = entry.toBytes();
        return readable(bytes) + "-" + HexFormat.of().toHexDigits(hash(bytes));
    }

    static boolean isLive(Path file) {
        return file.toString().endsWith(LIVE);
    }

    /** The name of the overlay above the live file with a token. */
    static String overlay(String live, long token) {
        return live + "." + HexFormat.of().toHexDigits(token) + OVERLAY;
    }

    static boolean isOverlay(Path file, String live) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(live + ".") && name.endsWith(OVERLAY);
    }

    /** The name of a file with proofs by content. */
    static String proofs(long token) {
        return PROOFS + HexFormat.of().toHexDigits(token) + TABLE;
    }

    static boolean isProofs(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(PROOFS) && name.endsWith(TABLE);
    }

    /** The name of the file with the answers of a hash-equivalence server. */
    static String equivalents(RawPath server) {
        return base(server) + EQUIVALENTS;
    }

    /** The name of a file with what an interpreter answered to a question, which the text identifies. */
    static String answer(RawPath question) {
        byte[] bytes = question.toBytes();
        return readable(bytes) + "-" + HexFormat.of().toHexDigits(hash(bytes)) + ANSWER;
    }

    static boolean isAnswer(Path file) {
        return file.toString().endsWith(ANSWER);
    }

    static boolean isBad(Path file) {
        return file.toString().endsWith(LIVE + BAD);
    }

    static boolean isPending(Path file) {
        return file.toString().endsWith(PENDING);
    }

    private static String readable(byte[] bytes) {
        StringBuilder text = new StringBuilder(READABLE);
        for (int at = Math.max(0, bytes.length - READABLE); at < bytes.length; at++) {
            char c = (char) (bytes[at] & 0xff);
            text.append(isPlain(c) ? c : '-');
        }
        while (!text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '.')) {
            text.deleteCharAt(0);
        }
        return text.isEmpty() ? "root" : text.toString();
    }

    private static boolean isPlain(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '_');
    }

    /** FNV-1a with its bits mixed once more, because similar paths would have similar hashes. */
    private static long hash(byte[] bytes) {
        long hash = FNV_OFFSET;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}
