package dev.freshpyc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of one run of the program. Every result is checked: no stack trace, a known exit code, no control
 * characters, valid JSON.
 */
public record CommandLineRun(int code, String out, String err) {

    /**
     * Runs the program in this process and checks the result.
     *
     * @param words the arguments; an array or a list among them stands for its elements
     */
    public static CommandLineRun of(Object... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        String[] args = Arrays.stream(words)
                .flatMap(CommandLineRun::elements)
                .map(Object::toString)
                .toArray(String[]::new);
        int code = Main.run(args, stream(out), stream(err));
        CommandLineRun run = ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        PrintedJson.check(List.of(args), run.out);
        return run;
    }

    /** Checks the result of a run in this process or another. */
    public static CommandLineRun ended(int code, String out, String err) {
        var run = new CommandLineRun(code, out, err);
        run.check();
        return run;
    }

    /** The lines of standard output. */
    public List<String> lines() {
        return out.lines().toList();
    }

    /** Requires this exit code, one line on standard error and no standard output; returns the line. */
    public String complaint(int expectedCode) {
        assertThat(code).as(err).isEqualTo(expectedCode);
        assertThat(out).isEmpty();
        assertThat(err).startsWith("freshpyc: ").endsWith("\n");
        assertThat(err.lines()).hasSize(1);
        return err;
    }

    private static Stream<?> elements(Object word) {
        return switch (word) {
            case Object[] words -> Arrays.stream(words);
            case List<?> words -> words.stream();
            default -> Stream.of(word);
        };
    }

    private void check() {
        assertThat(err).doesNotContain("\tat ", "Exception");
        assertThat(code).isBetween(0, 4);
        assertThat((out + err)
                        .codePoints()
                        .filter(CommandLineRun::controlsTerminal)
                        .count())
                .as(out + err)
                .isZero();
    }

    private static boolean controlsTerminal(int point) {
        return point != '\n' && (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }
}
