package dev.freshpyc.cli.oracle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A tree of sources with awkward mtimes. The headers of the bytecode match before or after a transport. */
record TravellingTree(Path root, Interpreter python, Map<String, Instant> modules) {

    /** Mtimes that fit 31 bits. */
    static final List<Instant> TIMES = List.of(
            Instant.ofEpochSecond(1_600_000_000L),
            Instant.ofEpochSecond(1_600_000_001L),
            Instant.ofEpochSecond(1_600_000_001L, 500_000_000),
            Instant.ofEpochSecond(1_600_000_000L, 999_999_880),
            Instant.ofEpochSecond(1_600_000_000L, 999_999_881),
            Instant.ofEpochSecond(1_600_000_001L, 999_999_999),
            Instant.ofEpochSecond(1_594_000_003L), // in summer
            Instant.ofEpochSecond(1_603_585_800L), // in the hour that occurs twice in Berlin
            Instant.ofEpochSecond(1_603_589_400L),
            Instant.ofEpochSecond(1_604_212_201L), // in the hour that occurs twice in New York
            Instant.ofEpochSecond(1_604_215_801L),
            Instant.ofEpochSecond(0),
            Instant.ofEpochSecond(0, 999_999_999),
            Instant.ofEpochSecond(1),
            Instant.ofEpochSecond(315_000_000L), // in 1979
            Instant.ofEpochSecond(2_000_000_001L),
            Instant.ofEpochSecond(2_147_483_647L));

    /** Mtimes that do not fit 31 bits or lie before 1970. */
    static final List<Instant> FAR = List.of(
            Instant.ofEpochSecond(2_147_483_648L),
            Instant.ofEpochSecond(4_000_000_001L),
            Instant.ofEpochSecond(4_294_967_301L),
            Instant.ofEpochSecond(8_589_934_599L),
            Instant.ofEpochSecond(-1),
            Instant.ofEpochSecond(-1, 500_000_000),
            Instant.ofEpochSecond(-2, 500_000_000),
            Instant.ofEpochSecond(-100_000_000L));

    static TravellingTree make(Path root, Interpreter python, List<Instant> times) throws IOException {
        var tree = new TravellingTree(root, python, new TreeMap<>());
        Files.createDirectories(root.resolve("__pycache__"));
        for (Instant time : times) {
            for (byte[] source : List.of(python.source(), new byte[0])) {
                for (int mtime : headerTimes(time)) {
                    tree.add(time, source, tree.header(0, mtime, source.length));
                }
            }
            if (python.hasFlags()) {
                tree.add(time, python.source(), tree.hashHeader(0b01));
                tree.add(time, python.source(), tree.hashHeader(0b11));
            }
        }
        tree.setTimes();
        return tree;
    }

    /** What the interpreter does with each module of a tree that was unpacked in another directory. */
    Map<String, String> imported(Path unpacked) throws IOException {
        Path list = Files.createTempFile(root.resolveSibling(""), "modules", ".txt");
        Files.write(
                list,
                modules.keySet().stream()
                        .map(name -> name + "\t" + pyc(unpacked, name))
                        .toList());
        return python.launcher().run(List.of(), List.of("import", unpacked.toString(), list.toString())).stream()
                .map(line -> line.split("\t", -1))
                .collect(Collectors.toMap(
                        fields -> fields[0], fields -> fields[1].equals("loaded") ? "loads" : "recompiles"));
    }

    /** The name of the module whose bytecode has this path relative to the tree. */
    static String module(String pyc) {
        return pyc.substring(pyc.indexOf('/') + 1, pyc.indexOf('.'));
    }

    /** Describes a module for a message. */
    String describe(String name) throws IOException {
        return name + ": mtime " + modules.get(name) + ", " + Files.size(root.resolve(name + ".py"))
                + " bytes of source";
    }

    private void add(Instant time, byte[] source, byte[] header) throws IOException {
        String name = "m%04d".formatted(modules.size());
        modules.put(name, time);
        Files.write(root.resolve(name + ".py"), source);
        byte[] code = python.code();
        Files.write(
                pyc(root, name),
                ByteBuffer.allocate(header.length + code.length)
                        .put(header)
                        .put(code)
                        .array());
    }

    private Path pyc(Path tree, String name) {
        return tree.resolve("__pycache__").resolve(name + "." + python.tag() + ".pyc");
    }

    /** The mtime of a header that matches before the transport, and the mtimes that could match after it. */
    private static Set<Integer> headerTimes(Instant time) {
        int second = (int) time.getEpochSecond();
        var words = new LinkedHashSet<>(List.of(second, second - 1, second + 1, second + 2, second + 3600));
        words.addAll(List.of(0, (int) RealTransport.EPOCH, 315_532_800, 315_529_200));
        return words;
    }

    private byte[] header(int flags, int third, int fourth) {
        ByteBuffer bytes = ByteBuffer.allocate(python.headerLength()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort((short) python.magicNumber()).putShort((short) 0x0a0d);
        if (python.hasFlags()) {
            bytes.putInt(flags);
        }
        return bytes.putInt(third).putInt(fourth).array();
    }

    private byte[] hashHeader(int flags) {
        ByteBuffer hash = ByteBuffer.wrap(python.sourceHash()).order(ByteOrder.LITTLE_ENDIAN);
        return header(flags, hash.getInt(), hash.getInt());
    }

    private void setTimes() throws IOException {
        Path list = Files.createTempFile(root.resolveSibling(""), "times", ".txt");
        Files.write(
                list,
                modules.entrySet().stream()
                        .map(module -> nanos(module.getValue()) + "\t" + root.resolve(module.getKey() + ".py"))
                        .toList());
        python.launcher().run(List.of(), List.of("date", list.toString()));
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }
}
