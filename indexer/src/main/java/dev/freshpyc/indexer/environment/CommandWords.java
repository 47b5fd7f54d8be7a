package dev.freshpyc.indexer.environment;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;

/**
 * The words of a command that starts a program. On Unix, the JVM writes them in the character set of the locale and a question mark
 * for what is not in it, which would start another program, or the right one for another file.
 */
public final class CommandWords {

    private static final boolean UNIX = File.separatorChar == '/';
    private static final Charset NATIVE = Charset.forName(System.getProperty("sun.jnu.encoding"));

    private CommandWords() {}

    /**
     * The same words.
     *
     * @throws IOException when the JVM cannot write one of them
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
