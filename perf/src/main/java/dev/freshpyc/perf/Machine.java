package dev.freshpyc.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where the figures were taken: without it they cannot be compared with others. */
record Machine(int cores, String processor, String kernel, String memory) {

    static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                field("/proc/meminfo", "MemTotal"));
    }

    /** What else the machine does just now: processes ready to run, over the last minute. */
    static String load() {
        return lines("/proc/loadavg").split(" ", 2)[0];
    }

    static String fileSystem(Path path) throws IOException {
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
            return "unknown"; // no /proc: the facts are a courtesy
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d cores (%s), %s, memory %s", cores, processor, kernel, memory);
    }
}
