package dev.freshpyc.core.proof;

import dev.freshpyc.core.file.Permissions;
import dev.freshpyc.core.file.TemporaryFile;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.store.file.Ownership;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exports proofs to files for other machines, and imports such files. A checksum detects damage, but not malice: whoever writes such
 * a file decides which bytecode is trusted. So a file is imported only if root or the user owns it, or if its signature is valid.
 */
public final class ExportedProofs {

    private static final String READABLE_BY_ALL = "rw-r--r--";

    private ExportedProofs() {}

    /**
     * Writes all proofs of a store to a file, which is replaced in one step.
     *
     * @param key the private key for the signature; empty for no signature
     * @return how many proofs were written
     */
    public static long write(ProofStore store, Path file, Optional<Path> key) throws IOException {
        Path target = file.toAbsolutePath();
        Optional<ProofSignature.Signer> signer =
                key.isPresent() ? Optional.of(ProofSignature.signer(key.get())) : Optional.empty();
        @Nullable Path directory = target.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new NoSuchFileException(String.valueOf(directory));
        }
        Path temporary = TemporaryFile.in(directory, ".freshpyc-proofs-", ".tmp");
        try {
            long proofs;
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                proofs = store.export(channel);
                channel.force(true);
            }
            publish(temporary, target);
            if (signer.isPresent()) {
                Files.write(temporary, signer.get().sign(target));
                publish(temporary, ProofSignature.of(target));
            }
            return proofs;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void publish(Path temporary, Path target) throws IOException {
        Permissions.set(temporary, READABLE_BY_ALL);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A task with a file that is trusted. */
    private interface FileTask<T> {
        /** @param file may be a copy of the file that the user named */
        T with(Path file) throws IOException;
    }

    /**
     * Imports the proofs of a file into a store.
     *
     * @param key verifies the signature of the file; if empty, the owner of the file decides
     * @param today in days since 1970
     * @return how many proofs the file has
     * @throws FileSystemException when the file is not trusted
     */
    public static long read(ProofStore store, Path file, Optional<Path> key, int today) throws IOException {
        String name = JavaPath.toRaw(file.toAbsolutePath()).name().toPython();
        return trusted(file, key, path -> store.importFrom(path, name, today));
    }

    /**
     * Counts the proofs of a file that {@link #read} would import, and imports none.
     *
     * @param key verifies the signature of the file; if empty, the owner of the file decides
     * @throws FileSystemException when the file is not trusted
     */
    public static ProofStats stats(Path file, Optional<Path> key) throws IOException {
        return trusted(file, key, path -> {
            try (ProofFile proofs = ProofFile.open(path)) {
                proofs.verify();
                return ProofStats.of(List.of(proofs));
            }
        });
    }

    private static <T> T trusted(Path file, Optional<Path> key, FileTask<T> task) throws IOException {
        Path path = file.toAbsolutePath();
        if (key.isEmpty()) {
            @Nullable String objection = Ownership.objectionToFile(path);
            if (objection == null) {
                objection = Ownership.objectionToPlace(path);
            }
            if (objection != null) {
                throw new FileSystemException(
                        file.toString(),
                        null,
                        "not trusted: " + objection + "; or name with --trust the key that signed the file");
            }
            return task.with(path);
        }
        Path copy = TemporaryFile.in(
                TemporaryFile.place(), "freshpyc-", ".table"); // others may change their file after the verification
        try {
            Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
            ProofSignature.verify(copy, ProofSignature.of(path), key.get());
            return task.with(copy);
        } finally {
            Files.deleteIfExists(copy);
        }
    }
}
