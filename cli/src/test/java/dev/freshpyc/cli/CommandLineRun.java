package dev.freshpyc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** One run of the program, with the promises that every run keeps. */
public record CommandLineRun(int code, String out, String err) {

    /** Runs as the process would; whatever happens there is no stack trace, and nothing that a terminal would obey. */
    public static CommandLineRun of(Object... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        String[] args = Arrays.stream(words).map(Object::toString).toArray(String[]::new);
        int code = Main.run(args, stream(out), stream(err));
        return ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A run that ended so, in this process or another; it is held to the same promises. */
    public static CommandLineRun ended(int code, String out, String err) {
        var run = new CommandLineRun(code, out, err);
        run.keepsPromises();
        return run;
    }

    /** The lines on standard output. */
    public List<String> lines() {
        return out.lines().toList();
    }

    /** One line on standard error, nothing on standard output, and that code. */
    public String complaint(int expected) {
        assertThat(code).as(err).isEqualTo(expected);
        assertThat(out).isEmpty();
        assertThat(err).startsWith("freshpyc: ").endsWith("\n");
        assertThat(err.lines()).hasSize(1);
        return err;
    }

    private void keepsPromises() {
        assertThat(err).doesNotContain("\tat ", "Exception");
        assertThat(code).isBetween(0, 3);
        assertThat((out + err).codePoints().filter(CommandLineRun::moves).count())
                .as(out + err)
                .isZero();
    }

    private static boolean moves(int point) {
        return point != '\n' && (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }
}
