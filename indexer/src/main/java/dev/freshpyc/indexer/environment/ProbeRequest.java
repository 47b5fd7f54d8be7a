package dev.freshpyc.indexer.environment;

import java.util.List;

/**
 * One question to one interpreter.
 *
 * @param executable the program as it is started, with a slash in it
 * @param words the rest of the command line, the script included
 * @param isolated whether the interpreter ignores the user's variables and site-packages
 */
public record ProbeRequest(String executable, List<String> words, boolean isolated) {

    private static final String NO_USER_SITE = "-s";

    public ProbeRequest {
        words = List.copyOf(words);
    }

    /** Whether the interpreter looks at the user's own site-packages. */
    public boolean hasUserSite() {
        return !isolated && !words.contains(NO_USER_SITE);
    }
}
