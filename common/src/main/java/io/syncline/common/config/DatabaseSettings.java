package io.syncline.common.config;

/** Where a database is and who Syncline is there. The password is never printed. */
public record DatabaseSettings(String prefix, String host, int port, String name, String user, String password) {

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
                environment.text(prefix + "_PASS", ""));
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + name;
    }
}
