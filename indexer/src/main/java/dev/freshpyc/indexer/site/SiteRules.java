package dev.freshpyc.indexer.site;

import dev.freshpyc.core.pyc.PythonVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The rules by which a {@code site.py} finds site directories and reads the files in them. Bugfix releases have changed the rules, and
 * Debian patches the file, so the rules are found in the text of the file. The version decides only where the file cannot be read.
 *
 * @param version of the interpreter
 * @param distPackages whether packages are in Debian's {@code dist-packages}
 * @param skipsHidden whether a {@code .pth} file whose name begins with a dot is ignored
 * @param utf8 whether {@code .pth} files are UTF-8 with an optional BOM, split as {@code str.splitlines} does (3.13)
 * @param startFiles whether {@code .start} files are known: PEP 829, from 3.15
 */
public record SiteRules(
        PythonVersion version, boolean distPackages, boolean skipsHidden, boolean utf8, boolean startFiles) {

    /** Largest {@code site.py} that is read; that of 3.15 has 44 KB. */
    static final int MAX_SIZE = 1 << 20;

    /**
     * The rules of one interpreter.
     *
     * @param source the content of {@code site.py}; empty where it cannot be read
     */
    public static SiteRules of(PythonVersion version, Optional<byte[]> source) {
        if (source.isEmpty()) {
            return new SiteRules(
                    version, false, version.atLeast(3, 13), version.atLeast(3, 13), version.atLeast(3, 15));
        }
        String text = new String(source.get(), StandardCharsets.ISO_8859_1);
        return new SiteRules(
                version,
                text.contains("\"dist-packages\""),
                text.contains("startswith(\".\")"),
                text.contains("utf-8-sig"),
                text.contains("\".start\""));
    }

    /** Whether blanks before a line are ignored and a bad line does not end its file (PEP 829). */
    boolean isLenient() {
        return startFiles;
    }
}
