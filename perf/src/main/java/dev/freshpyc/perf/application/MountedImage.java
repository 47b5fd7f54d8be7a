package dev.freshpyc.perf.application;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An EROFS image that is mounted over Python's libraries in a mount namespace of its own: the rest of the machine does not see it.
 *
 * <p>A process that reads its standard input holds the namespace. When this program closes that input, or ends in whatever way,
 * the process ends, and the kernel unmounts the image and frees its loop device.
 */
public final class MountedImage implements AutoCloseable {

    private static final String MOUNT = """
            image=$1; point=$2; shift 2
            mount -t erofs -o loop,ro "$image" "$point" || exit
            for library; do mount --bind "$point/${library##*/}" "$library" || exit; done
            echo mounted
            exec cat
            """;

    private final Process holder;

    private MountedImage(Process holder) {
        this.holder = holder;
    }

    /**
     * Mounts an image.
     *
     * @param point an empty directory
     * @param libraries the directories that are replaced by directories of the same last name in the image
     */
    public static MountedImage mount(Path image, Path point, List<Path> libraries)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("unshare", "-m", "--propagation", "private"));
        command.addAll(List.of("sh", "-c", MOUNT, "sh", image.toString(), point.toString()));
        libraries.forEach(library -> command.add(library.toString()));
        Path errors = Path.of(point + ".errors");
        MountedImage mounted = new MountedImage(
                new ProcessBuilder(command).redirectError(errors.toFile()).start());
        BufferedReader answer = mounted.holder.inputReader();
        if (answer.readLine() == null) {
            mounted.close();
            throw new IOException("an EROFS image cannot be mounted: "
                    + Files.readString(errors).strip().replace("\n", "; "));
        }
        return mounted;
    }

    /** The command, run where the image is mounted. */
    public List<String> inside(List<String> command) {
        List<String> inside = new ArrayList<>(List.of("nsenter", "--mount=/proc/" + holder.pid() + "/ns/mnt", "--"));
        inside.addAll(command);
        return inside;
    }

    @Override
    public void close() throws IOException {
        holder.getOutputStream().close();
        try {
            if (!holder.waitFor(10, TimeUnit.SECONDS)) {
                holder.destroyForcibly();
            }
        } catch (InterruptedException _) {
            holder.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
