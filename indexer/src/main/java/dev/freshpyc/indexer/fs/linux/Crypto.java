package dev.freshpyc.indexer.fs.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Optional;

/**
 * SHA-256 as OpenSSL's {@code libcrypto} has it, on nearly every system with a Python. The JVM has the processor's own
 * instructions for it too, but only in code of its optimizing compiler, which a program that runs for half a second would
 * mostly wait for.
 */
@SuppressWarnings("restricted") // calling C is what this class is for
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

    /** The library, loaded when it is first asked for; empty where there is none, or one without these functions. */
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
