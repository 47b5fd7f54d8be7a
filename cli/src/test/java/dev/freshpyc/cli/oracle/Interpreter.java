package dev.freshpyc.cli.oracle;

import dev.freshpyc.core.pyc.PythonVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A real interpreter with the facts that it reports about itself. */
public record Interpreter(Launcher launcher, Map<String, String> facts) {
    private static final HexFormat HEX = HexFormat.of();

    /** The interpreter that a launcher starts; empty if it does not run or the driver does not support its version. */
    static Optional<Interpreter> at(Launcher launcher) {
        try {
            Map<String, String> facts = launcher.run(List.of(), List.of("describe")).stream()
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
            return Optional.of(new Interpreter(launcher, facts))
                    .filter(Interpreter::isKnown)
                    .map(Interpreter::direct);
        } catch (Launcher.Failure | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** The implementation and version. Two interpreters of the same name count as one. */
    public String name() {
        return fact("implementation") + " " + fact("version");
    }

    /** The implementation and minor version, such as {@code cpython 3.11}. */
    public String minorVersion() {
        return name().substring(0, name().lastIndexOf('.'));
    }

    /** The minor version, as if the implementation were CPython. */
    PythonVersion version() {
        String[] numbers = fact("version").split("\\.", -1);
        return PythonVersion.cpython(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    /** Whether the interpreter is installed. One that the build unpacked does not start without a library path. */
    public boolean isInstalled() {
        return !launcher.environment().containsKey("LD_LIBRARY_PATH");
    }

    public Path executable() {
        return Path.of(fact("executable"));
    }

    public String tag() {
        return fact("tag");
    }

    /** Whether the names of its pycs contain a tag. Python 2.7 has no tags: its pycs lie beside the sources. */
    public boolean isTagged() {
        return !tag().isEmpty();
    }

    /** Whether headers contain flags, as since Python 3.7 (PEP 552). */
    public boolean hasFlags() {
        return !fact("hash").isEmpty();
    }

    boolean knowsPrefix() {
        return Boolean.parseBoolean(fact("prefix"));
    }

    public int headerLength() {
        return hasFlags() ? 16 : isTagged() ? 12 : 8;
    }

    public int magicNumber() {
        byte[] magic = bytes("magic");
        return Byte.toUnsignedInt(magic[0]) | Byte.toUnsignedInt(magic[1]) << 8;
    }

    /** The bytes of a pyc with a timestamp in the header, in the layout of this interpreter. */
    byte[] pyc(int mtime, int sourceSize, byte... body) {
        ByteBuffer bytes = ByteBuffer.allocate(headerLength() + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(magicNumber() | 0x0a0d0000);
        if (hasFlags()) {
            bytes.putInt(0);
        }
        bytes.putInt(mtime);
        if (isTagged()) {
            bytes.putInt(sourceSize);
        }
        return bytes.put(body).array();
    }

    byte[] source() {
        return bytes("source");
    }

    /** The hash of {@link #source}, as the bytes of a header. */
    byte[] sourceHash() {
        return bytes("hash");
    }

    /** A marshalled code object that was not compiled from {@link #source}. */
    byte[] code() {
        return bytes("code");
    }

    private byte[] bytes(String key) {
        return HEX.parseHex(fact(key));
    }

    private String fact(String key) {
        return facts.getOrDefault(key, "");
    }

    /** This interpreter, started directly instead of through a shim or a link. */
    private Interpreter direct() {
        return new Interpreter(new Launcher(executable(), launcher.environment()), facts);
    }

    private boolean isKnown() {
        String[] version = fact("version").split("\\.", -1);
        int major = Integer.parseInt(version[0]);
        int minor = Integer.parseInt(version[1]);
        return major == 2 ? minor == 7 : minor >= 6;
    }

    @Override
    public String toString() {
        return name() + " (" + executable() + ")";
    }
}
