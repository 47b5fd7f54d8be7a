package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.scan.PathEntry;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The files of a finding, for programs that open or annotate files. Reviews show sources, so the source comes first.
 *
 * @param file the source, or the bytecode where there is no source; the zip file for a member of an archive
 * @param bytecode the bytecode of the source; empty where {@code file} is the bytecode itself or there is no bytecode
 * @param member the name in the archive; empty for files
 */
record FindingPlace(RawPath file, Optional<RawPath> bytecode, Optional<RawPath> member) {

    private static final String UNRESERVED = "-._~/";

    static FindingPlace of(Finding finding) {
        if (finding.entry() instanceof PathEntry.Archive archive) {
            RawPath name = archive.inner().resolve(finding.path());
            return new FindingPlace(
                    archive.file(), Optional.empty(), Optional.of(name).filter(one -> !one.equals(RawPath.EMPTY)));
        }
        RawPath entry = finding.entry().path();
        Optional<RawPath> source = Optional.ofNullable(finding.source()).map(entry::locate);
        Optional<RawPath> pyc = Optional.ofNullable(finding.pyc()).map(entry::locate);
        return new FindingPlace(
                source.or(() -> pyc).orElse(entry), source.isPresent() ? pyc : Optional.empty(), Optional.empty());
    }

    /** The URI of a file; a relative path becomes a relative reference. */
    static String uri(RawPath path) {
        StringBuilder uri = new StringBuilder(path.isAbsolute() ? "file://" : "");
        RawPath normal = path.normalized();
        for (byte b : (normal.equals(RawPath.EMPTY) ? RawPath.of(".") : normal).toBytes()) {
            boolean plain = Character.isLetterOrDigit(b) || UNRESERVED.indexOf(b) >= 0;
            if (plain) {
                uri.append(new String(new byte[] {b}, StandardCharsets.US_ASCII));
            } else {
                uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return uri.toString();
    }
}
