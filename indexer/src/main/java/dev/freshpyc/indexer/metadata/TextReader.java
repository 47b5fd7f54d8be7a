package dev.freshpyc.indexer.metadata;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.metadata.DistributionTexts.Text;
import dev.freshpyc.core.text.PythonText;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.TreeReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Set;

/** Reads texts of a bounded size, and turns failures into what Python makes of them. */
final class TextReader {

    /** Larger files are refused, in bytes. */
    static final int MAX_SIZE = 16 << 20;

    static final Text ABSENT = new Text.Absent();

    /** Python takes these errors for an absent file; others are exceptions. */
    private static final Set<Errno> ABSENCE =
            Set.of(Errno.ENOENT, Errno.ENOTDIR, Errno.EISDIR, Errno.EACCES, Errno.EPERM);

    private TextReader() {}

    /** The text of an open file. */
    static Text read(String name, FileContents open) throws IOException {
        if (open.size() > MAX_SIZE) {
            return tooLarge(name);
        }
        byte[] bytes = new byte[(int) open.size()];
        int done = 0;
        int read = 1;
        while (done < bytes.length && read > 0) {
            read = open.read(done, bytes, done, bytes.length - done);
            done += read;
        }
        return text(name, done == bytes.length ? bytes : Arrays.copyOf(bytes, done));
    }

    /** The text of a stream. */
    static Text read(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_SIZE + 1);
        return bytes.length > MAX_SIZE ? tooLarge(name) : text(name, bytes);
    }

    private static Text text(String name, byte[] bytes) {
        return PythonText.decode(bytes)
                .<Text>map(Text.Present::new)
                .orElseGet(() -> new Text.Broken(name + " is not UTF-8"));
    }

    private static Text tooLarge(String name) {
        return new Text.Refused(name + " has more than " + MAX_SIZE + " bytes");
    }

    /**
     * What Python makes of a file that cannot be opened.
     *
     * @param code a negated errno, or {@link TreeReader#NOT_A_FILE}
     */
    static Text failure(String name, int code) {
        if (code == TreeReader.NOT_A_FILE) {
            return new Text.Refused(name + " is no regular file");
        }
        Errno errno = new Errno(-code);
        return ABSENCE.contains(errno) ? ABSENT : new Text.Broken(name + ": " + errno);
    }

    /** Whether a text is absent or has no character, so that Python's {@code or} takes the next text. */
    static boolean isEmpty(Text text) {
        return text instanceof Text.Absent || (text instanceof Text.Present(String content) && content.isEmpty());
    }
}
