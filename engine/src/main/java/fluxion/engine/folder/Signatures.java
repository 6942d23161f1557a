package fluxion.engine.folder;

import fluxion.api.PluginException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Whether a jar is signed, whole, by somebody who is trusted. */
final class Signatures {
  /** The system property that names the key store with the certificates that are trusted. */
  static final String SIGNERS = "fluxion.plugins.signers";

  private Signatures() {}

  /** Why a jar's signature does not count, or the empty text. */
  static String objection(Path path) throws IOException {
    Set<X509Certificate> trusted = trusted();
    try (JarFile jar = new JarFile(path.toFile(), true)) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.isDirectory() || isOfSignature(entry.getName())) {
          continue;
        }
        // signers are known once the whole entry has been read and found unchanged
        try (InputStream in = jar.getInputStream(entry)) {
          in.transferTo(OutputStream.nullOutputStream());
        } catch (SecurityException e) {
          return "was changed after it was signed: "
              + e.getMessage()
              + "; get it again from who signed it";
        }
        CodeSigner[] signers = entry.getCodeSigners();
        if (signers == null || signers.length == 0) {
          return "is not signed ("
              + entry.getName()
              + " has no signature), and -D"
              + Trust.ONLY
              + " asks for it; have it signed, or lock it with fluxion plugins --lock";
        }
        if (!isTrusted(signers, trusted)) {
          return "is signed by "
              + name(signers[0])
              + ", who is not trusted; add the certificate to the key store that -D"
              + SIGNERS
              + " names";
        }
      }
    }
    return "";
  }

  private static boolean isOfSignature(String name) {
    return name.matches("META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|DSA|EC))");
  }

  private static String name(CodeSigner signer) {
    Certificate first = signer.getSignerCertPath().getCertificates().getFirst();
    return first instanceof X509Certificate known
        ? known.getSubjectX500Principal().getName()
        : "an unknown kind of certificate";
  }

  private static boolean isTrusted(CodeSigner[] signers, Set<X509Certificate> trusted) {
    for (CodeSigner signer : signers) {
      Certificate first = signer.getSignerCertPath().getCertificates().getFirst();
      boolean known = first instanceof X509Certificate certificate && trusted.contains(certificate);
      if (known || leadsTo(signer, trusted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean leadsTo(CodeSigner signer, Set<X509Certificate> trusted) {
    Set<TrustAnchor> anchors = new HashSet<>();
    trusted.forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
    try {
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      CertPathValidator.getInstance("PKIX").validate(signer.getSignerCertPath(), parameters);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The certificates of the key store that is named, or else of the JDK's authorities. */
  private static Set<X509Certificate> trusted() {
    String named = System.getProperty(SIGNERS, "");
    File file =
        named.isEmpty()
            ? Path.of(System.getProperty("java.home"), "lib", "security", "cacerts").toFile()
            : new File(named);
    Set<X509Certificate> trusted = new HashSet<>();
    try {
      KeyStore store = KeyStore.getInstance(file, (char[]) null);
      for (String alias : Collections.list(store.aliases())) {
        if (store.getCertificate(alias) instanceof X509Certificate certificate) {
          trusted.add(certificate);
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new PluginException(
          "the key store " + file + " of those who may sign plugins cannot be read: " + e, e);
    }
    if (trusted.isEmpty()) {
      throw new PluginException(
          "the key store "
              + file
              + " has no certificate that can be read without a password; export the signers'"
              + " certificates into one with keytool -importcert");
    }
    return trusted;
  }
}
