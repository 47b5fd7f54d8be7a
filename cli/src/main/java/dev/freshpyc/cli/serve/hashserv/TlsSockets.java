package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.serve.Access;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** TLS with the certificate of the service. */
final class TlsSockets {

    private TlsSockets() {}

    /** Makes the TLS sockets of an address; empty for an address without TLS. */
    static Optional<SSLSocketFactory> of(Access access, HashservAddress.WebSocket address) {
        if (!address.isTls()) {
            return Optional.empty();
        }
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(access.identity().orElseThrow().store(), new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return Optional.of(context.getSocketFactory());
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("the JDK has no TLS", defect);
        }
    }
}
