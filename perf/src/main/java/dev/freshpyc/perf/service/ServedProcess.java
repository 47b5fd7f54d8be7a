package dev.freshpyc.perf.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running {@code freshpyc serve}, which ends with this object.
 *
 * @param port of HTTP
 * @param hashserv port of OEHASHEQUIV
 */
public record ServedProcess(Process process, int port, int hashserv) implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("listening at http://[^:]+:(\\d{1,5})");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d{1,12}) kB$");
    private static final int STOP_SECONDS = 10;

    /** The place of {@code utime} behind the name of the program ({@code proc_pid_stat(5)}); {@code stime} follows. */
    private static final int USER_TIME = 11;

    /**
     * Starts a service.
     *
     * @param index the directory of its indexes and of its database
     * @param errors gets what it writes to standard error
     */
    public static ServedProcess start(Path launcher, Path index, Path entry, Path errors) throws IOException {
        int hashserv = freePort();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        launcher.toString(),
                        "serve",
                        "--listen",
                        "127.0.0.1:0",
                        "--hashserv",
                        "127.0.0.1:" + hashserv,
                        "--index",
                        index.toString(),
                        entry.toString()))
                .redirectError(errors.toFile());
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Matcher listening = LISTENING.matcher(String.valueOf(out.readLine()));
        if (!listening.find()) {
            process.destroyForcibly();
            throw new IOException(
                    "the service did not start: " + Files.readString(errors).strip());
        }
        return new ServedProcess(process, Integer.parseInt(listening.group(1)), hashserv);
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    /** Resident memory now, in MB. */
    public double residentMegabytes() throws IOException {
        Matcher resident = RESIDENT.matcher(Files.readString(proc("status")));
        if (!resident.find()) {
            throw new IOException("no VmRSS in " + proc("status"));
        }
        return Long.parseLong(resident.group(1)) * 1024 / 1e6;
    }

    /** Processor time so far, in ticks of the kernel, of which a second has 100. */
    public long ticks() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException stillRunning) {
            process.destroyForcibly();
        }
    }
}
