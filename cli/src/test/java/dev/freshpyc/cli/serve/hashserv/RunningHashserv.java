package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.http.BoundedClient;
import dev.freshpyc.cli.option.OptionFile;
import dev.freshpyc.cli.serve.Access;
import dev.freshpyc.cli.serve.ListenAddress;
import dev.freshpyc.cli.serve.Tokens;
import dev.freshpyc.cli.serve.equivalence.EquivalenceStore;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import dev.freshpyc.cli.serve.equivalence.Upstream;
import dev.freshpyc.core.digest.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The OEHASHEQUIV service in this process. */
record RunningHashserv(Equivalences equivalences, HashservService service) implements AutoCloseable {

    static final String SECRET = "a-secret-of-the-service";

    /** Starts a service at a free TCP port; every client has all permissions. */
    static RunningHashserv of(Path directory) throws IOException {
        return start(directory, "127.0.0.1:0", local(), false, ConnectionLimits.DEFAULT);
    }

    static RunningHashserv of(Path directory, ConnectionLimits limits) throws IOException {
        return start(directory, "127.0.0.1:0", local(), false, limits);
    }

    static RunningHashserv at(Path directory, String address) throws IOException {
        return start(directory, address, local(), false, ConnectionLimits.DEFAULT);
    }

    static RunningHashserv readOnly(Path directory) throws IOException {
        return start(directory, "127.0.0.1:0", local(), true, ConnectionLimits.DEFAULT);
    }

    /** Starts a service where only clients with {@link #SECRET} may write. */
    static RunningHashserv withToken(Path directory) throws IOException {
        byte[] digest = Sha256.newDigest().digest(SECRET.getBytes(StandardCharsets.UTF_8));
        Path file =
                Files.writeString(directory.resolve("tokens"), HexFormat.of().formatHex(digest) + "\n");
        Access access = new Access(
                ListenAddress.of("127.0.0.1:0"),
                Optional.empty(),
                Tokens.read(new OptionFile("--token-file", file.toString())),
                Set.of());
        return start(directory, "127.0.0.1:0", access, false, ConnectionLimits.DEFAULT);
    }

    /** Starts a service that asks an upstream server about unknown tasks. */
    static RunningHashserv below(Path directory, URI upstream) throws IOException {
        return start(
                "127.0.0.1:0",
                local(),
                new Equivalences(
                        store(directory),
                        Optional.of(new Upstream(
                                upstream, BoundedClient.of(upstream, Map.of()), System::nanoTime, _ -> {})),
                        false),
                ConnectionLimits.DEFAULT);
    }

    static RunningHashserv start(
            Path directory, String address, Access access, boolean isReadOnly, ConnectionLimits limits)
            throws IOException {
        return start(address, access, new Equivalences(store(directory), Optional.empty(), isReadOnly), limits);
    }

    private static EquivalenceStore store(Path directory) throws IOException {
        return EquivalenceStore.open(directory.resolve("equivalence.sqlite"));
    }

    private static RunningHashserv start(
            String address, Access access, Equivalences equivalences, ConnectionLimits limits) throws IOException {
        return new RunningHashserv(
                equivalences,
                HashservService.start(List.of(HashservAddress.of(address)), access, equivalences, limits));
    }

    static Access local() {
        return Access.local(ListenAddress.of("127.0.0.1:0"));
    }

    int port() {
        String address = service.addresses().getFirst();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    HashservClient client() throws IOException {
        return HashservClient.of(port());
    }

    @Override
    public void close() {
        service.close();
        equivalences.close();
    }
}
