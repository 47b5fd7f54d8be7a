package dev.freshpyc.cli.repair;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that can be told of one file but its extended attributes.
 *
 * @param content of a regular file in hexadecimal digits, the target of a link, nothing of others
 */
record Facts(Place place, Kept kept, String content) {

    /** Which file it is, and when it was last touched in whatever way. */
    record Place(long inode, int links, FileTime ctime) {}

    /** What a repair keeps of a bytecode file, whatever its header becomes. */
    record Kept(int mode, int user, int group, long size, FileTime mtime) {}

    static Facts of(Path file) throws IOException {
        Map<String, Object> seen = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
        return new Facts(
                new Place((Long) seen.get("ino"), (Integer) seen.get("nlink"), (FileTime) seen.get("ctime")),
                new Kept(
                        (Integer) seen.get("mode"),
                        (Integer) seen.get("uid"),
                        (Integer) seen.get("gid"),
                        (Long) seen.get("size"),
                        (FileTime) seen.get("lastModifiedTime")),
                content(file));
    }

    /** Every file of a tree by its path, without its directories. */
    static Map<String, Facts> files(Path root) throws IOException {
        return all(root, false);
    }

    /** Every file and directory of a tree by its path. */
    static Map<String, Facts> tree(Path root) throws IOException {
        return all(root, true);
    }

    /** The extended attributes of a file, all that its reader may see, by their names. */
    static Map<String, String> attributes(Path file) throws IOException, InterruptedException {
        Map<String, String> values = new TreeMap<>();
        for (String line : Shell.run("getfattr", "--absolute-names", "-h", "-d", "-m", "-", "-e", "hex", file)
                .lines()
                .toList()) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return values;
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(content);
    }

    byte[] head() {
        return Arrays.copyOf(bytes(), 16);
    }

    private static Map<String, Facts> all(Path root, boolean directories) throws IOException {
        Map<String, Facts> facts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> found = files.filter(file -> directories || !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
            for (Path file : found) {
                facts.put(root.relativize(file).toString(), of(file));
            }
        }
        return facts;
    }

    private static String content(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return Files.readSymbolicLink(file).toString();
        }
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? HexFormat.of().formatHex(Files.readAllBytes(file))
                : "";
    }
}
