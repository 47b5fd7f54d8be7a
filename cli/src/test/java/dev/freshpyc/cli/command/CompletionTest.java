package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.AutoComplete;

/** The completion script offers a value only where the command takes the value. */
class CompletionTest {

    private static final Pattern FUNCTION = Pattern.compile("^function _picocli_freshpyc_(\\w+)\\(\\)");
    private static final Pattern OPTION = Pattern.compile("_option_args=\\((.*)\\) # (\\S+) values");
    private static final Pattern POSITIONAL = Pattern.compile("_pos_param_args=\\((.*)\\)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]+)\"");

    private final Program program = new Program(System.out, System.err);

    @Test
    void everyOfferedValueIsAccepted() {
        List<String> offered = new ArrayList<>();
        String command = "";
        for (String line :
                AutoComplete.bash("freshpyc", program.commandLine()).lines().toList()) {
            Matcher function = FUNCTION.matcher(line);
            Matcher option = OPTION.matcher(line);
            Matcher positional = POSITIONAL.matcher(line);
            if (function.find()) {
                command = function.group(1).replace("entrypoints", "entry-points"); // names of functions have no hyphen
            } else if (option.find()) {
                for (String word : words(option.group(1))) {
                    offered.add(command + " " + option.group(2) + " " + word);
                }
            } else if (positional.find()) {
                for (String word : words(positional.group(1))) {
                    offered.add(command + " " + word);
                }
            }
        }
        assertThat(offered)
                .contains(
                        "audit --fail-on slow",
                        "audit --fail-on stale",
                        "audit --expect cpython-311",
                        "audit --check-hash-based-pycs always",
                        "audit --after docker-layer",
                        "repair --to zero-mtime",
                        "repair --hardlinks in-place",
                        "repair --require equivalence",
                        "status --format json",
                        "hook install",
                        "hook git",
                        "index prune");
        assertThat(offered).doesNotContain("repair --require assumed"); // the command refuses it after parsing
        assertThat(offered)
                .allSatisfy(line -> assertThatCode(() ->
                                program.commandLine().parseArgs(complete(line).split(" ")))
                        .as(line)
                        .doesNotThrowAnyException());
    }

    /** Adds the words that the command requires besides the offered value. */
    private static String complete(String line) {
        String command = line.replaceFirst(" .*", "");
        boolean option = line.startsWith(command + " --");
        return switch (command) {
            case "lookup", "explain", "bench" -> line + " x.py";
            case "proofs" -> option ? line + " stats" : line;
            case "snapshot" -> option ? line + " list" : line;
            case "hook" ->
                line.replaceFirst("^hook (install|remove|status)$", "hook $1 git")
                        .replaceFirst("^hook (dpkg|rpm|pip|git|ostree)$", "hook status $1");
            default -> line;
        };
    }

    private static List<String> words(String array) {
        return WORD.matcher(array)
                .results()
                .map(word -> word.group(1))
                .filter(word -> !word.isBlank())
                .toList();
    }
}
