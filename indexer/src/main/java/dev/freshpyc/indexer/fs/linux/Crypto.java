package dev.freshpyc.indexer.fs.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Optional;

/**
 * SHA-256 of OpenSSL's {@code libcrypto}, which nearly every system with a Python has. The JVM uses the processor's SHA
 * instructions only in code that its optimizing compiler has compiled; a program that runs for half a second ends before that.
 */
@SuppressWarnings("restricted") // this class exists to call C functions
final class Crypto {

    /** {@code sizeof(SHA256_CTX)}, bytes. */
    static final int CONTEXT = 112;

    private static final List<String> LIBRARIES = List.of("libcrypto.so.3", "libcrypto.so.1.1");
    private static final Optional<Crypto> LOADED = load();

    private final MemorySegment init;
    private final MemorySegment update;
    private final MemorySegment end;

    private Crypto(SymbolLookup library) {
        init = library.findOrThrow("SHA256_Init");
        update = library.findOrThrow("SHA256_Update");
        end = library.findOrThrow("SHA256_Final");
    }

    /** The library, loaded at the first call; empty on a system without the library or without these functions. */
    static Optional<Crypto> find() {
        return LOADED;
    }

    void init(Libc libc, long context) {
        libc.call(init, context, 0, 0, 0, 0);
    }

    void update(Libc libc, long context, long data, long length) {
        libc.call(update, context, data, length, 0, 0);
    }

    /** Writes the digest's 32 bytes. */
    void end(Libc libc, long digest, long context) {
        libc.call(end, digest, context, 0, 0, 0);
    }

    private static Optional<Crypto> load() {
        return LIBRARIES.stream().flatMap(name -> open(name).stream()).findFirst();
    }

    private static Optional<Crypto> open(String library) {
        try {
            return Optional.of(new Crypto(SymbolLookup.libraryLookup(library, Arena.global())));
        } catch (IllegalArgumentException | java.util.NoSuchElementException absent) {
            return Optional.empty();
        }
    }
}
