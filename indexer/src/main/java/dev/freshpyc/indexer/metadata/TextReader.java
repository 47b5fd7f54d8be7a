package dev.freshpyc.indexer.metadata;

import dev.freshpyc.core.metadata.DistributionTexts.Text;
import dev.freshpyc.core.text.PythonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Reads texts of a bounded size, and turns failures into what Python makes of them. */
final class TextReader {

    /** Larger files are refused, in bytes. */
    static final int MAX_SIZE = 16 << 20;

    static final Text ABSENT = new Text.Absent();

    private TextReader() {}

    /** The text of an open file. */
    static Text read(String name, SeekableByteChannel open) throws IOException {
        try (InputStream in = Channels.newInputStream(open)) {
            return read(name, in);
        }
    }

    /** The text of a stream. */
    static Text read(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_SIZE + 1);
        if (bytes.length > MAX_SIZE) {
            return new Text.Broken(name + " has more than " + MAX_SIZE + " bytes");
        }
        return PythonText.decode(bytes)
                .<Text>map(Text.Present::new)
                .orElseGet(() -> new Text.Broken(name + " is not UTF-8"));
    }

    /** Python takes a file that is not there, and a file that it may not read, for absent; other failures are exceptions. */
    static Text failure(String name, IOException failed) {
        if (failed instanceof NoSuchFileException || failed instanceof AccessDeniedException) {
            return ABSENT;
        }
        String why = Optional.ofNullable(
                        failed instanceof FileSystemException file ? file.getReason() : failed.getMessage())
                .orElse("it cannot be read");
        return why.contains("Not a directory") || why.contains("Is a directory")
                ? ABSENT
                : new Text.Broken(name + ": " + why);
    }

    /** The first of two texts that has a character, as Python's {@code or} decides. */
    static boolean isEmpty(Text text) {
        return text instanceof Text.Absent || (text instanceof Text.Present(String content) && content.isEmpty());
    }
}
