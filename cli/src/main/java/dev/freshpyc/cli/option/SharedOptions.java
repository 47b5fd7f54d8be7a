package dev.freshpyc.cli.option;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/** The options about the places of files that {@code repair} shares with commands that only read files. */
public final class SharedOptions {

    private static final List<String> NAMES =
            List.of("--index", "--root", "--pycache-prefix", "--python", "--venv", "--python-timeout");

    private SharedOptions() {}

    /** The options that a repair of the same files needs: the name of each option, followed by its value. */
    public static List<String> of(ParseResult parsed) {
        return NAMES.stream()
                .filter(name -> parsed.hasMatchedOption(name)
                        && parsed.matchedOption(name).getValue() != null)
                .flatMap(name -> parsed.matchedOption(name).originalStringValues().stream()
                        .flatMap(value -> Stream.of(name, value)))
                .toList();
    }
}
