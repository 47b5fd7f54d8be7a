package dev.freshpyc.core.proof;

import dev.freshpyc.core.path.JavaPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Locale;

/**
 * Signatures of files with proofs: Ed25519 (RFC 8032) over the 64 bytes of the file's SHA-512, since a file can be larger than
 * the memory. {@code openssl dgst -sha512 -binary FILE} and {@code openssl pkeyutl -sign -rawin} make the same signature.
 */
final class ProofSignature {

    private static final String ALGORITHM = "Ed25519";
    private static final int LENGTH = 64;
    private static final int MAX_KEY = 1 << 14;

    private ProofSignature() {}

    /** Signs files with one key. */
    interface Signer {
        byte[] sign(Path file) throws IOException;
    }

    /** The file with the signature of a file. */
    static Path of(Path file) {
        return JavaPath.beside(file, ".sig");
    }

    /** Reads a private key: PEM, PKCS #8. */
    static Signer signer(Path key) throws IOException {
        byte[] encoded = pem(key, "PRIVATE KEY");
        try {
            PrivateKey signing = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return file -> sign(signing, file);
        } catch (GeneralSecurityException bad) {
            throw new FileSystemException(key.toString(), null, "no Ed25519 private key (PKCS #8)");
        }
    }

    private static byte[] sign(PrivateKey key, Path file) throws IOException {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(sha512(file));
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IOException("cannot sign " + file, impossible);
        }
    }

    /**
     * Verifies a signature.
     *
     * @param key a public key: PEM, X.509 SubjectPublicKeyInfo
     * @throws FileSystemException when it is not that key's signature of the file
     */
    static void verify(Path file, Path signatureFile, Path key) throws IOException {
        byte[] encoded = pem(key, "PUBLIC KEY");
        byte[] signed = read(signatureFile, LENGTH);
        boolean right = false;
        try {
            PublicKey verifying = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(verifying);
            signature.update(sha512(file));
            right = signed.length == LENGTH && signature.verify(signed);
        } catch (SignatureException malformed) {
            right = false;
        } catch (GeneralSecurityException bad) {
            throw new FileSystemException(key.toString(), null, "no Ed25519 public key");
        }
        if (!right) {
            throw new FileSystemException(
                    signatureFile.toString(), null, "not the signature of this file by the key in " + key);
        }
    }

    private static byte[] pem(Path file, String kind) throws IOException {
        String text = new String(read(file, MAX_KEY), StandardCharsets.US_ASCII);
        String begin = "-----BEGIN " + kind + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + kind + "-----");
        if (from < 0 || to < from) {
            throw new FileSystemException(file.toString(), null, "no " + kind.toLowerCase(Locale.ROOT) + " in PEM");
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        } catch (IllegalArgumentException bad) {
            throw new FileSystemException(file.toString(), null, "no PEM");
        }
    }

    /** The first bytes of a file, one more than {@code most} at most. */
    private static byte[] read(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most + 1);
        }
    }

    private static byte[] sha512(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-512", impossible);
        }
    }
}
