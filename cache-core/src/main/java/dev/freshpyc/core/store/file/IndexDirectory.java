package dev.freshpyc.core.store.file;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.file.UnusableIndexException.Replaced;
import dev.freshpyc.core.store.file.UnusableIndexException.TooNew;
import dev.freshpyc.core.store.file.UnusableIndexException.TooOld;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The directory with the index files. */
public final class IndexDirectory {

    /** How often a reader opens a file that other runs keep replacing; more than a few replacements in a row do not happen. */
    private static final int ATTEMPTS = 20;

    private static final String SNAPSHOTS = "snapshots";

    private final Path path;
    private final StoreEvents events;
    private final Publisher publisher;
    private final boolean isOfOthers;

    /** The directory at {@code path}, which need not exist. */
    public IndexDirectory(Path path, StoreEvents events) {
        this(path, events, Forcing.ALWAYS);
    }

    /** The directory at {@code path}, whose publications wait for the disk or not. */
    public IndexDirectory(Path path, StoreEvents events, Forcing forcing) {
        this(path, events, forcing, false);
    }

    private IndexDirectory(Path path, StoreEvents events, Forcing forcing, boolean isOfOthers) {
        this.path = path.toAbsolutePath();
        this.events = new FirstEvents(events);
        this.publisher = new Publisher(this.path, forcing);
        this.isOfOthers = isOfOthers;
    }

    /**
     * A directory that others fill, such as that of the sealed indexes of an image, or the one that root keeps for all users. The
     * caller must not publish there. A damaged file is reported and stays: renaming it would change an image, or hide the damage from
     * the owner.
     */
    public static IndexDirectory ofOthers(Path path, StoreEvents events) {
        return new IndexDirectory(path, events, Forcing.ALWAYS, true);
    }

    /**
     * Whether there may be such a directory: false where nothing or a file has the name. A directory that a failing disk cannot show may
     * exist, so that a run that reads the directory gets the cause as an error.
     */
    public static boolean mayExist(@Nullable Path directory) {
        if (directory == null) {
            return true;
        }
        try {
            return Files.readAttributes(directory, BasicFileAttributes.class).isDirectory();
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException unseen) {
            return mayExist(directory.toAbsolutePath().getParent()); // which may be a file
        }
    }

    /** Whether {@linkplain #ofOthers others} fill this directory. */
    public boolean isOfOthers() {
        return isOfOthers;
    }

    /** The path of an entry's live file, which need not exist. */
    public Path file(RawPath entry) {
        return path.resolve(IndexName.of(entry));
    }

    /**
     * Reads a live file; empty when the file is missing, not trusted or not usable. A corrupt file is set aside, or stays in a
     * directory of others; a file that is too new is reported, and a file that is too old stays until the next publication replaces the file.
     */
    public <T> Optional<T> read(Path file, FileReader<T> reader) throws IOException {
        return read(file, reader, false);
    }

    /**
     * Reads a live file that is about to be replaced.
     *
     * @throws IOException also when a newer freshpyc wrote the file, because such a file must not be replaced
     */
    public <T> Optional<T> readToReplace(Path file, FileReader<T> reader) throws IOException {
        return read(file, reader, true);
    }

    private <T> Optional<T> read(Path file, FileReader<T> reader, boolean replacing) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            @Nullable Object key = key(file);
            if (key == null || !isTrusted(file)) {
                return Optional.empty();
            }
            try {
                return Optional.of(reader.read(file));
            } catch (NoSuchFileException _) {
                return Optional.empty();
            } catch (Replaced _) {
                // The next attempt reads the new file.
            } catch (UnusableIndexException e) {
                if (Objects.equals(key, key(file))) { // otherwise another run has replaced the file: read the new file
                    refuse(file, e, replacing);
                    return Optional.empty();
                }
            } catch (IOException e) {
                throw Refusals.toRead(file, e);
            }
        }
        return Optional.empty();
    }

    /** Reports a file that this run ignores, since a newer freshpyc wrote the file. */
    public void ignore(Path file, TooNew newer) {
        events.newer(file, newer.found());
    }

    /**
     * Watches the live file, which is about to be opened: damage that is found later sets the file aside, unless another run
     * has replaced it meanwhile.
     */
    public DamageReport damageReport(Path file) throws IOException {
        @Nullable Object key = key(file);
        return unreadable -> {
            if (!(unreadable instanceof Corrupt damage)) {
                return unreadable instanceof UnusableIndexException ? unreadable : Refusals.toRead(file, unreadable);
            }
            try {
                if (key != null && Objects.equals(key, key(file))) {
                    setAside(file, damage);
                }
            } catch (IOException _) {
                // The damaged file stays: the next run finds the damage again.
            }
            return damage;
        };
    }

    /** The path of the overlay above the live file with a token; the overlay need not exist. */
    public Path overlay(Path file, long token) {
        return file.resolveSibling(IndexName.overlay(String.valueOf(file.getFileName()), token));
    }

    /** Deletes all overlays of a live file but the one of a token. Failures are ignored, since no reader opens the others. */
    public void deleteOverlays(Path file, long token) {
        Path kept = overlay(file, token);
        try {
            for (Path overlay : overlays(file)) {
                if (!overlay.equals(kept)) {
                    Files.deleteIfExists(overlay);
                }
            }
        } catch (IOException _) {
            // The next publication tries again.
        }
    }

    private List<Path> overlays(Path file) throws IOException {
        String live = String.valueOf(file.getFileName());
        return files(path -> IndexName.isOverlay(path, live));
    }

    /** Whether no other user may write to the directory. */
    public boolean isTrusted() {
        return Ownership.objectionToDirectory(path) == null;
    }

    /** Throws a {@link FileSystemException} if other users may write to the directory. */
    public void requireTrusted() throws FileSystemException {
        @Nullable String why = Ownership.objectionToDirectory(path);
        if (why != null) {
            throw new FileSystemException(path.toString(), null, "not trusted: " + why);
        }
    }

    /** The path of the file with an entry's entry points, which need not exist. */
    public Path entryPoints(RawPath entry) {
        return path.resolve(IndexName.entryPoints(entry));
    }

    /** The directory with an entry's snapshots, which need not exist. */
    public Path snapshots(RawPath entry) {
        return path.resolve(SNAPSHOTS).resolve(IndexName.snapshots(entry));
    }

    /** The files that an entry's index consists of; empty where there is none. */
    public List<Path> indexFiles(RawPath entry) throws IOException {
        Path live = file(entry);
        List<Path> files = new ArrayList<>(overlays(live));
        if (Files.exists(live, LinkOption.NOFOLLOW_LINKS)) {
            files.add(live);
        }
        return files;
    }

    /** The path of a file with proofs by content, which need not exist. */
    public Path proofs(long token) {
        return path.resolve(IndexName.proofs(token));
    }

    /** All files with proofs by content, sorted. */
    public List<Path> proofs() throws IOException {
        return files(IndexName::isProofs).stream().sorted().toList();
    }

    /** The path of the file with the answers of a hash-equivalence server, which need not exist. */
    public Path equivalents(RawPath server) {
        return path.resolve(IndexName.equivalents(server));
    }

    /** The path of the file with what an interpreter answered to a question; the file need not exist. */
    public Path answer(RawPath question) {
        return path.resolve(IndexName.answer(question));
    }

    /** The path of the file with the sources that repairs could not compile; the file need not exist. */
    public Path uncompiled() {
        return path.resolve(IndexName.UNCOMPILED);
    }

    /** All files with answers of interpreters. */
    public List<Path> answers() throws IOException {
        return files(IndexName::isAnswer);
    }

    /**
     * Replaces a file that can be made anew at any time. The file is not forced to the disk: after a crash it may be damaged, which
     * its checksum shows, and making it anew costs less than the wait for the disk at every publication.
     */
    public void publishQuickly(Path file, byte[] contents) throws IOException {
        publisher.replaceQuickly(file, contents);
    }

    /** A new, empty file beside a live file, deleted when it is closed. */
    public PendingFile temporary(Path file) throws IOException {
        return publisher.temporary(file);
    }

    /** All trusted live files. */
    public List<Path> live() throws IOException {
        List<Path> trusted = new ArrayList<>();
        for (Path file : files(IndexName::isLive)) {
            if (isTrusted(file)) {
                trusted.add(file);
            }
        }
        return trusted;
    }

    /** The corrupt files that were set aside and that no publication has replaced since. */
    public List<Path> setAside() throws IOException {
        List<Path> lost = new ArrayList<>();
        for (Path bad : files(IndexName::isBad)) {
            String name = String.valueOf(bad.getFileName());
            Path live = bad.resolveSibling(name.substring(0, name.length() - IndexName.BAD.length()));
            if (!Files.exists(live, LinkOption.NOFOLLOW_LINKS)) {
                lost.add(bad);
            }
        }
        return lost;
    }

    /** The time of the last run that confirmed the generation with the given token in {@code file}. */
    public long checkedAt(Path file, long token, long published) throws IOException {
        Path confirmation = beside(file, IndexName.CHECKED);
        return Ownership.objectionToFile(confirmation) == null
                ? Confirmation.latest(confirmation, token, published)
                : published;
    }

    /** Records that a run confirmed the generation with the given token in {@code file}. */
    public void confirm(Path file, long token, long checkedAtNanos) throws IOException {
        publisher.replaceQuickly(beside(file, IndexName.CHECKED), new Confirmation(token, checkedAtNanos).toBytes());
    }

    /** Replaces the live file; false when the writer refused the new file. */
    public boolean publish(Path file, FileWriter writer) throws IOException {
        return publisher.replace(file, writer);
    }

    /** Deletes the pending files of killed runs. Failures are ignored, because the files do no harm. */
    public void deleteLeftovers() {
        try {
            if (Ownership.objectionToDirectory(path) == null) {
                files(IndexName::isPending).forEach(PendingFile::deleteIfLeftOver);
            }
        } catch (IOException _) {
            // The next publication reports problems with the directory.
        }
    }

    /** Deletes a live file, its overlays, its confirmation and its corrupt predecessor. */
    public void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(beside(file, IndexName.CHECKED));
        Files.deleteIfExists(beside(file, IndexName.BAD));
        for (Path overlay : overlays(file)) {
            Files.deleteIfExists(overlay);
        }
    }

    private boolean isTrusted(Path file) throws IOException {
        @Nullable String why = Ownership.objectionToDirectory(path);
        if (why != null) {
            events.distrusted(path, why);
            return false;
        }
        why = Ownership.objectionToFile(file);
        if (why != null) {
            events.distrusted(file, why);
        }
        return why == null;
    }

    private void refuse(Path file, UnusableIndexException refusal, boolean replacing) throws FileSystemException {
        switch (refusal) {
            case Corrupt damage -> setAside(file, damage);
            case TooOld _, Replaced _ -> {}
            case TooNew newer -> {
                if (replacing) {
                    String why = "a newer freshpyc wrote it (" + newer.found() + "); remove it or upgrade";
                    throw new FileSystemException(file.toString(), null, why);
                }
                events.newer(file, newer.found());
            }
        }
    }

    private void setAside(Path file, Corrupt damage) {
        if (isOfOthers) {
            leave(file, damage, "this run only reads the directory");
            return;
        }
        try {
            Files.move(file, beside(file, IndexName.BAD), StandardCopyOption.ATOMIC_MOVE);
            events.setAside(file, damage.expected(), damage.found());
        } catch (IOException _) {
            leave(file, damage, "it cannot be renamed");
        }
    }

    private void leave(Path file, Corrupt damage, String why) {
        events.leftInPlace(file, damage.expected(), damage.found(), why);
    }

    private List<Path> files(Predicate<Path> wanted) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path, wanted::test)) {
            all.forEach(files::add);
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw Refusals.toRead(path, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw Refusals.toRead(path, e);
        }
        return files;
    }

    /** Identifies a file, so that a later file of the same name has another key; null when there is no file. */
    private static @Nullable Object key(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Object key = attributes.fileKey();
            return key == null ? attributes.lastModifiedTime() : key;
        } catch (FileSystemException e) {
            if (e instanceof NoSuchFileException
                    || !mayExist(file.toAbsolutePath().getParent())) {
                return null;
            }
            throw Refusals.toRead(file, e);
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
