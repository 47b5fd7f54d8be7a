package dev.freshpyc.indexer.environment;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Checks the words of a command before it starts. On Unix, the JVM encodes the words in the character set of the locale
 * and replaces every other character by a question mark: the command would start another program, or name another file.
 */
public final class CommandWords {

    private static final boolean UNIX = File.separatorChar == '/';
    private static final Charset NATIVE = Charset.forName(System.getProperty("sun.jnu.encoding"));

    private CommandWords() {}

    /**
     * Returns the words if the locale can express them.
     *
     * @throws IOException when the locale cannot express one of them
     */
    public static List<String> expressible(List<String> words) throws IOException {
        for (String word : words) {
            if (UNIX && !NATIVE.newEncoder().canEncode(word)) {
                throw new IOException("the locale cannot express the name of a file in the command: run freshpyc in a"
                        + " locale with UTF-8, such as LC_ALL=C.UTF-8, or give the file another name");
            }
        }
        return words;
    }
}
