package dev.freshpyc.cli;

import dev.freshpyc.cli.command.Program;
import dev.freshpyc.cli.option.CauseText;
import dev.freshpyc.cli.option.ExitCode;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** Begins and ends the process. */
public final class Main {

    private static final int OUTPUT_BUFFER = 64 * 1024;

    private Main() {}

    public static void main(String[] args) {
        StandardOutput output = new StandardOutput();
        PrintStream err = stream(new FileOutputStream(FileDescriptor.err));
        int code = run(RawArguments.of(args), output, err);
        // No shutdown hook is registered, and exit would load classes to find that out.
        Runtime.getRuntime().halt(code);
    }

    /** Runs one command line as the process does and returns its exit code. */
    static int run(String[] args, StandardOutput output, PrintStream err) {
        return run(args, stream(output), err, output::failure);
    }

    /** Runs one command line with other streams and returns its exit code. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        return run(args, out, err, Optional::empty);
    }

    private static int run(
            String[] args, PrintStream out, PrintStream err, Supplier<Optional<IOException>> outputFailure) {
        int code = new Program(out, err).run(args);
        if (out.checkError()) {
            String cause = outputFailure
                    .get()
                    .map(failed -> ": " + CauseText.of(failed))
                    .orElse("");
            err.println("freshpyc: standard output could not be written" + cause + "; the output is incomplete");
            code = ExitCode.INCOMPLETE;
        }
        err.flush();
        return code;
    }

    /** A stream in UTF-8 in every locale: names are shown as they are or escaped, never as question marks. */
    private static PrintStream stream(OutputStream out) {
        return new PrintStream(new BufferedOutputStream(out, OUTPUT_BUFFER), false, StandardCharsets.UTF_8);
    }
}
