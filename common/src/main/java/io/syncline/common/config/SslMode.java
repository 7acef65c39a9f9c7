package io.syncline.common.config;

/** Whether sessions with a database are encrypted, and what its certificate has to show; MySQL's own names of these. */
public enum SslMode {
    DISABLED,
    /** Where the server offers it, whatever its certificate is. */
    PREFERRED,
    /** Always, whatever the server's certificate is. */
    REQUIRED,
    /** By a certificate that an authority in the JVM's trust store has signed. */
    VERIFY_CA,
    /** By such a certificate that was made out to this host. */
    VERIFY_IDENTITY
}
