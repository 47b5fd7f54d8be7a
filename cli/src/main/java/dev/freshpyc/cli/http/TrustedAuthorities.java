package dev.freshpyc.cli.http;

import dev.freshpyc.core.path.JavaPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities that this machine trusts, with those of an organization: the file that {@code SSL_CERT_FILE} names, as for
 * OpenSSL, Python and Go, otherwise the file of the system. The Java runtime of the distribution has its own list, which nobody extends.
 */
final class TrustedAuthorities {

    static final String VARIABLE = "SSL_CERT_FILE";

    /** The files of Debian and Alpine, of Fedora and Red Hat, and of SUSE. */
    private static final List<Path> SYSTEM = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"));

    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private TrustedAuthorities() {}

    /**
     * A context of TLS connections that trusts these authorities; empty where the machine has no file, so that the runtime's list counts.
     *
     * @throws IOException when the file of the variable cannot be used
     */
    static Optional<SSLContext> context(Map<String, String> environment) throws IOException {
        @Nullable String named = environment.get(VARIABLE);
        if (named != null && !named.isEmpty()) {
            try {
                return Optional.of(context(JavaPath.of(named)));
            } catch (GeneralSecurityException unusable) {
                throw new FileSystemException(named, null, "it has no certificates in PEM (" + VARIABLE + ")");
            }
        }
        return SYSTEM.stream().flatMap(TrustedAuthorities::ofSystem).findFirst();
    }

    /** The context by a file of the system; empty where the file does not exist or is damaged. */
    private static Stream<SSLContext> ofSystem(Path file) {
        try {
            return Stream.of(context(file));
        } catch (IOException | GeneralSecurityException _) {
            return Stream.empty();
        }
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (Certificate certificate : certificates(file)) {
            trusted.setCertificateEntry(String.valueOf(trusted.size()), certificate);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), new SecureRandom());
        return context;
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException, CertificateException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            throw new FileSystemException(file.toString(), null, "it is no file of at most 16 MiB (" + VARIABLE + ")");
        }
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new CertificateException("no certificate");
            }
            return all;
        }
    }
}
