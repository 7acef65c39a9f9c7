package io.syncline.common.config;

import java.util.Locale;

/** Where a database is and who Syncline is there. The password is never printed. */
public record DatabaseSettings(
        String prefix, String host, int port, String name, String user, String password, SslMode sslMode) {

    /** With encryption where the server offers it. */
    public DatabaseSettings(String prefix, String host, int port, String name, String user, String password) {
        this(prefix, host, port, name, user, password, SslMode.PREFERRED);
    }

    /** Reads the variables of one database.
     *
     * @param prefix {@code SOURCE_DB} or {@code TARGET_DB}
     */
    public static DatabaseSettings read(Environment environment, String prefix) {
        return new DatabaseSettings(
                prefix,
                environment.required(prefix + "_HOST", "write the server's host name or address"),
                environment.whole(prefix + "_PORT", 3306, 1, 65_535, "a port"),
                environment.required(prefix + "_NAME", "write the database's name"),
                environment.required(prefix + "_USER", "write the name of a user of that server"),
                environment.text(prefix + "_PASS", ""),
                sslMode(environment, prefix + "_SSL_MODE"));
    }

    private static SslMode sslMode(Environment environment, String variable) {
        String text = environment.text(variable, "preferred");
        try {
            return SslMode.valueOf(text.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            environment
                    .faults()
                    .add(
                            variable,
                            "'" + text
                                    + "' is not known; write disabled, preferred, required, verify_ca or verify_identity");
            return SslMode.PREFERRED;
        }
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + name;
    }
}
