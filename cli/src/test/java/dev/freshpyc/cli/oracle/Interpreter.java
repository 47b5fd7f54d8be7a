package dev.freshpyc.cli.oracle;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A real interpreter, as it describes itself. */
public record Interpreter(Launcher launcher, Map<String, String> facts) {
    private static final HexFormat HEX = HexFormat.of();

    /** Empty if this is not a runnable interpreter of a version that the driver knows. */
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

    /** Two of the same name are taken for the same. */
    public String name() {
        return fact("implementation") + " " + fact("version");
    }

    /** Such as {@code cpython 3.11}. */
    public String minorVersion() {
        return name().substring(0, name().lastIndexOf('.'));
    }

    public Path executable() {
        return Path.of(fact("executable"));
    }

    public String tag() {
        return fact("tag");
    }

    /** 2.7 has no tags: its cache lies beside the source. */
    public boolean isTagged() {
        return !tag().isEmpty();
    }

    /** Since PEP 552, 3.7. */
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

    byte[] source() {
        return bytes("source");
    }

    /** Of {@link #source}, as it stands in a header. */
    byte[] sourceHash() {
        return bytes("hash");
    }

    /** A marshalled code object that is not {@link #source}'s. */
    byte[] code() {
        return bytes("code");
    }

    private byte[] bytes(String key) {
        return HEX.parseHex(fact(key));
    }

    private String fact(String key) {
        return facts.getOrDefault(key, "");
    }

    /** Without the detour through a shim or a link. */
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
