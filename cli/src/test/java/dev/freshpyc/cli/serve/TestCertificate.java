package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.option.OptionFile;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate of {@code localhost}, made by openssl. */
public record TestCertificate(Path certificate, Path key) {

    /**
     * Makes the certificate and its key in a directory; skips the test if openssl is missing.
     *
     * @param algorithm the words after {@code -newkey}
     */
    public static TestCertificate in(Path directory, String algorithm) throws Exception {
        Shell.require("openssl");
        TestCertificate made = new TestCertificate(directory.resolve("certificate"), directory.resolve("secret"));
        Shell.run(
                "sh",
                "-c",
                "openssl req -x509 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -newkey "
                        + algorithm + " -keyout \"$0\" -out \"$1\" 2>&1",
                made.key,
                made.certificate);
        return made;
    }

    /** The identity that a service presents to its clients. */
    public ServerIdentity identity() {
        return ServerIdentity.read(
                new OptionFile("--tls-cert", certificate.toString()), new OptionFile("--tls-key", key.toString()));
    }

    /** The context of a client that trusts only this certificate. */
    public SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var in = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "service", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), new SecureRandom());
        return context;
    }
}
