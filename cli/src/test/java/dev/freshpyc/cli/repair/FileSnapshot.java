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
 * The content and metadata of one file, without extended attributes.
 *
 * @param content hexadecimal digits of a regular file, the target of a symbolic link, empty for other files
 */
record FileSnapshot(Identity identity, Metadata metadata, String content) {

    /** The attributes of which one changes if the file is replaced or changed in any way. */
    record Identity(long inode, int links, FileTime ctime) {}

    /** The metadata of a bytecode file that every repair must keep. */
    record Metadata(int mode, int user, int group, long size, FileTime mtime) {}

    static FileSnapshot of(Path file) throws IOException {
        Map<String, Object> seen = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
        return new FileSnapshot(
                new Identity((Long) seen.get("ino"), (Integer) seen.get("nlink"), (FileTime) seen.get("ctime")),
                new Metadata(
                        (Integer) seen.get("mode"),
                        (Integer) seen.get("uid"),
                        (Integer) seen.get("gid"),
                        (Long) seen.get("size"),
                        (FileTime) seen.get("lastModifiedTime")),
                content(file));
    }

    /** Every file of a tree, without directories, by its path. */
    static Map<String, FileSnapshot> files(Path root) throws IOException {
        return all(root, false);
    }

    /** Every file and directory of a tree, by its path. */
    static Map<String, FileSnapshot> tree(Path root) throws IOException {
        return all(root, true);
    }

    /** All visible extended attributes of a file, by their names. */
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

    private static Map<String, FileSnapshot> all(Path root, boolean directories) throws IOException {
        Map<String, FileSnapshot> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> found = files.filter(file -> directories || !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
            for (Path file : found) {
                state.put(root.relativize(file).toString(), of(file));
            }
        }
        return state;
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
