package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.OptionFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The certificate of the service and its key, from PEM files, for TLS. */
public final class ServerIdentity {

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

    private final KeyStore store;

    private ServerIdentity(KeyStore store) {
        this.store = store;
    }

    /**
     * Reads the files.
     *
     * @param certificate the certificate of the service, then the certificates of its issuers
     * @param key a key that is not encrypted, in PKCS #8
     * @throws CommandFailure when a file cannot be read or used
     */
    public static ServerIdentity read(OptionFile certificate, OptionFile key) {
        Certificate[] chain = chain(certificate);
        PrivateKey secret = key(key);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("service", secret, new char[0], chain);
            return new ServerIdentity(store);
        } catch (GeneralSecurityException | IOException unusable) {
            throw key.unusable("it is not the key of the certificate");
        }
    }

    private static Certificate[] chain(OptionFile file) {
        byte[] pem = file.read();
        try {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .toArray(Certificate[]::new);
            if (chain.length == 0) {
                throw file.unusable("it has no certificate in PEM");
            }
            return chain;
        } catch (GeneralSecurityException broken) {
            throw file.unusable("it has no certificate in PEM");
        }
    }

    private static PrivateKey key(OptionFile file) {
        Matcher match = PKCS8.matcher(new String(file.read(), StandardCharsets.ISO_8859_1));
        if (match.find()) {
            PKCS8EncodedKeySpec encoded =
                    new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(match.group(1)));
            for (String algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
                } catch (InvalidKeySpecException _) {
                    // The key is of another algorithm.
                } catch (GeneralSecurityException missing) {
                    throw new IllegalStateException(missing);
                }
            }
        }
        throw file.unusable(
                "it has no key in PKCS #8 without a password: 'openssl pkcs8 -topk8 -nocrypt' makes such a file");
    }

    /** The certificate chain with its key, whose password is empty. */
    public KeyStore store() {
        return store;
    }
}
