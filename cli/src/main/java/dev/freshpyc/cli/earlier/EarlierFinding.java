package dev.freshpyc.cli.earlier;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.audit.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A finding as the JSON of an audit has it.
 *
 * @param entry the path entry
 * @param path the pyc, relative to the entry where it lies in it; the source where there is no pyc
 * @param source relative to the entry; empty where there is none
 * @param tag empty for a legacy file
 * @param level the optimization level; empty for none
 * @param verdict the label, such as {@code stale}
 * @param reason the label, such as {@code mtime}
 */
public record EarlierFinding(
        RawPath entry, RawPath path, RawPath source, String tag, String level, String verdict, String reason) {

    public static EarlierFinding of(Finding finding) {
        return new EarlierFinding(
                finding.entry().path(),
                finding.path(),
                finding.source() == null ? RawPath.EMPTY : finding.source(),
                finding.tag() == null ? "" : finding.tag().name(),
                finding.level().name(),
                finding.verdict().kind().label(),
                finding.verdict().reason().label());
    }

    /** A digest that identifies the file: two findings of one file have the same key, whatever their verdicts and their spelling. */
    Sha256 key() {
        MessageDigest digest = Sha256.newDigest();
        digest.update(place(entry).toBytes());
        digest.update((byte) 0);
        digest.update((path.isAbsolute() ? path.normalized() : path).toBytes());
        digest.update(("\0" + tag + "\0" + level).getBytes(StandardCharsets.UTF_8));
        return Sha256.of(digest.digest());
    }

    /** This finding with the entry in another spelling. */
    public EarlierFinding in(RawPath spelled) {
        return new EarlierFinding(spelled, path, source, tag, level, verdict, reason);
    }

    /** The tag and the level of missing bytecode, such as {@code , cpython-312 opt-1}; empty where the name of the path tells them. */
    public String missing() {
        return path.equals(source) && !tag.isEmpty() ? ", " + tag + (level.isEmpty() ? "" : " opt-" + level) : "";
    }

    /** The path of the file in the one spelling of {@link #place(RawPath)}. */
    public RawPath place() {
        return place(entry.locate(path));
    }

    /** A digest that identifies an entry in any spelling. */
    static Sha256 entryKey(RawPath entry) {
        return Sha256.of(Sha256.newDigest().digest(place(entry).toBytes()));
    }

    /**
     * The one spelling of an entry, absolute and normal: {@code lib}, {@code ./lib/} and the absolute path name the
     * same place.
     */
    public static RawPath place(RawPath entry) {
        return entry.absolute().normalized();
    }
}
