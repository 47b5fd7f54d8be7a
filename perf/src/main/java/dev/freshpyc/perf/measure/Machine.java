package dev.freshpyc.perf.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The machine that figures were taken on, printed with them: figures of different machines cannot be compared. */
public record Machine(int cores, String processor, String kernel, String memory) {

    /** The machine that this program runs on. */
    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                field("/proc/meminfo", "MemTotal"));
    }

    /** The load average of the last minute: how many processes were ready to run. */
    public static String load() {
        return lines("/proc/loadavg").split(" ", 2)[0];
    }

    /** Bytes of memory that processes and the page cache can still take. */
    public static long availableMemory() {
        String kib = field("/proc/meminfo", "MemAvailable").replaceAll("\\D", "");
        return kib.isEmpty() ? Long.MAX_VALUE : Long.parseLong(kib) * 1024;
    }

    /** The type of the file system that holds {@code path}. */
    public static String fileSystem(Path path) throws IOException {
        return Files.getFileStore(path).type();
    }

    private static String field(String file, String name) {
        return lines(file)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String lines(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return "unknown"; // no /proc: the line is informative only
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d cores (%s), %s, memory %s", cores, processor, kernel, memory);
    }
}
