package io.syncline.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/** The sample shop's scripts. */
public final class Shop {
    private Shop() {}

    /** Makes the tables and their some 53,000 rows, the same ones each time, in the connection's database, which must not have them yet. */
    public static void createIn(Connection connection) throws SQLException {
        schema().runOn(connection);
        data().runOn(connection);
    }

    static SqlScript schema() {
        return script("01-schema.sql");
    }

    static SqlScript data() {
        return script("02-data.sql");
    }

    private static SqlScript script(String name) {
        try (var stream = Shop.class.getResourceAsStream("/shop/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("no resource /shop/" + name);
            }
            return SqlScript.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
