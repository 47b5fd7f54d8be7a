package dev.freshpyc.perf.measure;

import java.util.HashMap;
import java.util.Map;

/**
 * Time and memory of one process, as {@code measure.c} prints them.
 *
 * @param peakKib peak of resident memory in KiB
 * @param status the exit code, or 128 and the number of the signal that ended the process
 */
public record Usage(long wallNanos, long userMicros, long systemMicros, long peakKib, int status) {

    /** Parses the line of {@code measure.c}; unknown words are ignored. */
    public static Usage parse(String line) {
        Map<String, Long> fields = fields(line);
        return new Usage(
                field(fields, "wall_ns", line),
                field(fields, "user_us", line),
                field(fields, "system_us", line),
                field(fields, "peak_kib", line),
                Math.toIntExact(field(fields, "status", line)));
    }

    /** The numbers in a line of words {@code name=number}. */
    public static Map<String, Long> fields(String line) {
        Map<String, Long> fields = new HashMap<>();
        for (String word : line.strip().split("\\s+", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0 && word.substring(equals + 1).matches("-?\\d{1,18}")) {
                fields.put(word.substring(0, equals), Long.parseLong(word.substring(equals + 1)));
            }
        }
        return fields;
    }

    /** The number of that name; an {@link IllegalArgumentException} says that the line lacks the name. */
    public static long field(Map<String, Long> fields, String name, String line) {
        Long value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name + " in: " + line.strip());
        }
        return value;
    }

    /** Wall-clock time in milliseconds. */
    public double wallMillis() {
        return wallNanos / 1e6;
    }

    /** CPU time of user and system together, in milliseconds. */
    public double cpuMillis() {
        return (userMicros + systemMicros) / 1e3;
    }

    /** Peak of resident memory in MB of 10^6 bytes, the stricter reading of a limit in MB. */
    public double peakMegabytes() {
        return peakKib * 1024 / 1e6;
    }
}
