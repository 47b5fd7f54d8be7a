package dev.freshpyc.cli.kill;

import dev.freshpyc.cli.Main;
import java.io.IOException;

/**
 * The program, which says that it is there and sets out when a byte comes in: its JVM starts while something else still
 * happens, and that takes nothing from the time in which it is killed.
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
