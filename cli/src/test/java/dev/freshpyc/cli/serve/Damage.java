package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Damages the messages of clients, and checks what a service keeps open after damaged messages. */
public final class Damage {

    private static final String SPECIAL = "\r\n: \0%\"{}[],\\u";

    private Damage() {}

    /**
     * Truncates a message, or replaces a part by nothing, by a repetition, by special characters, by random bytes or by
     * digits.
     *
     * @param mostDigits the largest number of digits
     */
    public static byte[] of(byte[] message, SplittableRandom random, int mostDigits) {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        int at = random.nextInt(message.length);
        int end = Math.min(message.length, at + 1 + random.nextInt(12));
        made.write(message, 0, at);
        switch (random.nextInt(6)) {
            case 0 -> {}
            case 1 -> {
                return made.toByteArray();
            }
            case 2 -> made.write(message, Math.max(0, at - 9), Math.min(9, at));
            case 3 -> made.writeBytes(ascii(SPECIAL.repeat(1 + random.nextInt(3))));
            case 4 -> {
                byte[] noise = new byte[1 + random.nextInt(8)];
                random.nextBytes(noise);
                made.writeBytes(noise);
            }
            default -> made.writeBytes(ascii("9".repeat(1 + random.nextInt(mostDigits))));
        }
        made.write(message, end, message.length - end);
        return made.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The number of descriptors that this process has open. */
    public static long openDescriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /** Waits until this process has no more descriptors open; the service may still close connections. */
    public static void requireOpenDescriptors(long most) throws IOException {
        long begun = System.nanoTime();
        while (openDescriptors() > most) {
            assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(40));
        }
    }
}
