package dev.freshpyc.indexer.image.output;

import dev.freshpyc.core.file.TemporaryFile;
import dev.freshpyc.core.image.TarMember;
import dev.freshpyc.core.image.TarMember.MemberType;
import dev.freshpyc.core.image.TarWriter;
import dev.freshpyc.core.path.RawPath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An image as one tar archive. */
final class ArchiveOutput implements ImageOutput {

    private final Path target;
    private final Path pending;
    private final OutputStream out;
    private final TarWriter tar;
    private final Set<RawPath> directories = new HashSet<>();

    ArchiveOutput(Path target) throws IOException {
        this.target = target;
        this.pending = TemporaryFile.in(target.toAbsolutePath().resolveSibling(""), ".freshpyc-image-", ".tar");
        this.out = new BufferedOutputStream(Files.newOutputStream(pending));
        this.tar = new TarWriter(out);
    }

    @Override
    public void write(String name, InputStream content, long size) throws IOException {
        RawPath path = RawPath.of(name);
        RawPath directory = RawPath.EMPTY;
        for (RawPath part : path.parent().names()) {
            directory = directory.resolve(part);
            if (directories.add(directory)) {
                tar.begin(member(RawPath.of(directory.toPython() + "/"), MemberType.DIRECTORY, 0755, 0));
            }
        }
        tar.begin(member(path, MemberType.REGULAR, 0644, size));
        if (content.transferTo(out) != size) {
            throw new IOException("a part of the image changed while it was copied: " + path.shown());
        }
        tar.end(size);
    }

    private static TarMember member(RawPath name, MemberType type, int mode, long size) {
        return new TarMember(name, type, mode, 0, 0, 0, 0, size, RawPath.EMPTY, List.of());
    }

    @Override
    public boolean isArchive() {
        return true;
    }

    @Override
    public void commit() throws IOException {
        tar.finish();
        out.close();
        Files.setPosixFilePermissions(pending, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(pending);
    }
}
