package dev.freshpyc.cli.kill;

import dev.freshpyc.cli.Main;
import java.io.IOException;

/** The program, which sets out when a byte comes in: its JVM starts while something else still happens. */
final class GatedProgram {

    private GatedProgram() {}

    public static void main(String[] args) throws IOException {
        if (System.in.read() >= 0) {
            Main.main(args);
        }
    }
}
