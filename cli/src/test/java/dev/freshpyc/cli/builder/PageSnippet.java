package dev.freshpyc.cli.builder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A code block of a documentation page, so that a test runs exactly the text that users copy. */
final class PageSnippet {

    private PageSnippet() {}

    /**
     * Returns the code block of a page that starts with the given characters.
     *
     * @param page the name of the file in {@code src/docs}
     * @param beginning the first characters of the block's content
     */
    static String of(String page, String beginning) throws IOException {
        Matcher block = Pattern.compile("(?ms)^```\\w*\n(" + Pattern.quote(beginning) + ".*?)^```$")
                .matcher(Files.readString(Path.of("src", "docs", page)));
        if (!block.find()) {
            throw new AssertionError(page + " has no block that begins with " + beginning);
        }
        return block.group(1);
    }
}
