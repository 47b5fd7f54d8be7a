package dev.freshpyc.cli.kill;

import dev.freshpyc.cli.Main;
import java.io.IOException;

/**
 * The program behind a gate: it prints a newline when its JVM has started, and runs when it reads a byte. A test can
 * start the JVM early, so that the kill hits the run and not the start of the JVM.
 */
final class GatedProgram {

    private GatedProgram() {}

    public static void main(String[] args) throws IOException {
        System.out.println();
        if (System.in.read() >= 0) {
            Main.main(args);
        }
    }
}
