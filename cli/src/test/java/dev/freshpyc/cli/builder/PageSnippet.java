package dev.freshpyc.cli.builder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes from a page what users copy, so that a test runs the very words of the page. */
final class PageSnippet {

    private PageSnippet() {}

    /**
     * The block of a page that begins so.
     *
     * @param page the name of the file
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
