package dev.freshpyc.indexer.manifest;

import dev.freshpyc.core.file.UnixUser;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of this system. */
final class HostManifestFiles implements ManifestFiles {

    @Override
    public Optional<RawPath> real(RawPath path) {
        try {
            return Optional.of(JavaPath.toRaw(CanonicalPath.ofExisting(JavaPath.of(path))));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    @Override
    public boolean exists(RawPath path) {
        return Files.exists(JavaPath.of(path), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public boolean isDirectory(RawPath path) {
        return Files.isDirectory(JavaPath.of(path), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Optional<List<RawPath>> list(RawPath directory, String ending) {
        List<RawPath> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                JavaPath.of(directory), path -> path.getFileName().toString().endsWith(ending))) {
            entries.forEach(path -> names.add(name(path)));
        } catch (IOException | DirectoryIteratorException unreadable) {
            return Optional.empty();
        }
        names.sort(null);
        return Optional.of(names);
    }

    private static RawPath name(Path path) {
        byte[] name = JavaPath.nameOf(path);
        return RawPath.of(name, 0, name.length);
    }

    @Override
    public boolean isTrusted(RawPath directory, RawPath below) {
        Path above = JavaPath.of(directory);
        Optional<Integer> other = UnixUser.ownerOf(above);
        try {
            return (other.equals(UnixUser.ownerOf(JavaPath.of(below))) || other.equals(Optional.of(UnixUser.ROOT)))
                    && !Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /** The type is checked before the file is opened, so that a FIFO does not block, unless the FIFO is put in place in between. */
    @Override
    public Optional<OpenManifest> open(RawPath file, long most) throws IOException {
        Path path = JavaPath.of(file);
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isRegularFile() && attributes.size() <= most
                ? Optional.of(
                        new OpenChannel(FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))
                : Optional.empty();
    }

    private record OpenChannel(FileChannel channel) implements OpenManifest {

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
            return Math.max(0, channel.read(ByteBuffer.wrap(into, offset, length), position));
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
