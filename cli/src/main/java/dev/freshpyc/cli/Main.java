package dev.freshpyc.cli;

import dev.freshpyc.cli.command.Freshpyc;
import dev.freshpyc.cli.option.ExitCode;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Begins and ends the process. */
public final class Main {

    private static final int OUTPUT_BUFFER = 64 * 1024;

    private Main() {}

    public static void main(String[] args) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        int code = run(RawArguments.of(args), out, err);
        // No shutdown hook is registered, and exit would load classes to find that out.
        Runtime.getRuntime().halt(code);
    }

    /** Runs one command line as the process would and returns its exit code. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        int code = new Freshpyc(out, err).run(args);
        if (out.checkError()) {
            err.println("freshpyc: standard output could not be written");
            code = ExitCode.INCOMPLETE;
        }
        err.flush();
        return code;
    }

    /** A stream in UTF-8 in every locale: names are shown as they are or escaped, never as question marks. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), OUTPUT_BUFFER),
                false,
                StandardCharsets.UTF_8);
    }
}
