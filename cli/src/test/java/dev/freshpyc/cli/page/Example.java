package dev.freshpyc.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A command that a documentation page shows, with the output that the page promises.
 *
 * @param command the shell command
 * @param expected the lines of the output, in which {@code ...} stands for any text
 */
record Example(String command, List<String> expected) {

    private static final String BEGIN = "```console";

    private static final String END = "```";

    /** Returns the examples of a page in the order of the page. */
    static List<Example> of(String page) {
        List<Example> examples = new ArrayList<>();
        boolean inside = false;
        for (String line : page.lines().toList()) {
            if (!inside) {
                inside = line.equals(BEGIN);
            } else if (line.equals(END)) {
                inside = false;
            } else if (line.startsWith("$ ")) {
                examples.add(new Example(line.substring(2), new ArrayList<>()));
            } else {
                examples.getLast().expected.add(line);
            }
        }
        return examples;
    }

    /** Returns whether an output matches the output that the page promises. */
    boolean matches(String output) {
        String pattern = String.join("\n", expected).strip();
        return Pattern.compile(Pattern.quote(pattern).replace("...", "\\E.*\\Q"))
                .matcher(output.strip())
                .matches();
    }
}
