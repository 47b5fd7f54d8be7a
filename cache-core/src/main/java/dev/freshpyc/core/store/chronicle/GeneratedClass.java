package dev.freshpyc.core.store.chronicle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;

/**
 * The class that Chronicle Map would generate and compile when its first map is made. The build compiles the class once. The
 * jar holds the compiled class as a resource, because a Java module must not contain a package of another module.
 */
final class GeneratedClass {

    private static final Class<?> NEIGHBOUR = VanillaGlobalMutableState.class;
    private static final String SUFFIX = "$$Native";

    private GeneratedClass() {}

    /** Defines the class in the library's package, unless the class path has the class already, as in the distribution. */
    static void define() {
        try {
            Class.forName(NEIGHBOUR.getName() + SUFFIX, false, NEIGHBOUR.getClassLoader());
        } catch (ClassNotFoundException _) {
            defineFromResource();
        }
    }

    private static void defineFromResource() {
        String resource = NEIGHBOUR.getSimpleName() + SUFFIX + ".bin";
        try (InputStream in = GeneratedClass.class.getResourceAsStream(resource)) {
            byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
            MethodHandles.privateLookupIn(NEIGHBOUR, MethodHandles.lookup()).defineClass(bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException("Chronicle Map does not open its package to freshpyc", closed);
        }
    }
}
